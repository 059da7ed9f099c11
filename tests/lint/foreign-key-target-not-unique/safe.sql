-- engine: postgres
-- version: 15

-- case: a primary key, UNIQUE, a unique index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, a int, b int);
CREATE UNIQUE INDEX i ON users (a, b);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users,
    email text REFERENCES users (email), x int, y int, FOREIGN KEY (x, y) REFERENCES users (b, a));

-- case: itself
-- migration:
CREATE TABLE nodes (id bigint PRIMARY KEY, parent_id bigint REFERENCES nodes);

-- case: a table that isn't known
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES pg_elsewhere (email));

-- case: SQLite's own key
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- migration:
CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users);
