-- engine: postgres
-- version: 15

-- case: no key at all, and a partial one
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
CREATE UNIQUE INDEX i ON users (name) WHERE name <> '';
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, email text REFERENCES users (email), name text,
    FOREIGN KEY (name) REFERENCES users (name));

-- case: there is no primary key
-- given:
CREATE TABLE users (id bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;

-- case: MySQL before 8.4 takes an index, MariaDB does
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, a int, b int, KEY i (a));
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, a int, b int, FOREIGN KEY (a) REFERENCES users (a),
    FOREIGN KEY (b) REFERENCES users (b));

-- case: MySQL 8.4
-- engine: mysql
-- version: 8.4
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, a int, KEY i (a));
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, a int, FOREIGN KEY (a) REFERENCES users (a));

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- migration:
CREATE TABLE orders (id INTEGER PRIMARY KEY, email TEXT REFERENCES users (email));
