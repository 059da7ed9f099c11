-- engine: postgres
-- version: 15

-- case: of a column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, code text UNIQUE);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, usr bigint REFERENCES users);

-- case: of a table
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, code text UNIQUE);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, usr bigint, FOREIGN KEY (usr) REFERENCES users (id));
