-- engine: postgres
-- version: 15

-- case: serial
-- migration:
CREATE TABLE orders (id serial PRIMARY KEY);

-- case: identity, and a key of its own clause
-- migration:
CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE b (id integer NOT NULL, PRIMARY KEY (id));

-- case: a reference to 8 bytes
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id int NOT NULL REFERENCES users);

-- case: a server without identity columns
-- version: 9.6
-- migration:
CREATE TABLE orders (id serial PRIMARY KEY);

-- case: a narrower type for a key
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders ALTER COLUMN id TYPE integer;

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE orders (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY);
