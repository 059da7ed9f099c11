-- engine: postgres
-- version: 15

-- case: 8 bytes
-- migration:
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL);

-- case: numbers that are no ids
-- migration:
CREATE TABLE years (year int PRIMARY KEY, days smallint NOT NULL);

-- case: a small table
-- set: small-tables = countries
-- migration:
CREATE TABLE countries (id serial PRIMARY KEY, name text);

-- case: its parent has an int
-- given:
CREATE TABLE users (id int PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id int NOT NULL REFERENCES users (id));

-- case: two bytes on purpose
-- migration:
CREATE TABLE colours (id smallint PRIMARY KEY, name text NOT NULL);

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE orders (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, quantity int);
