-- engine: postgres
-- version: 15

-- case: a foreign key
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
-- migration:
DROP TABLE users CASCADE;

-- case: two foreign keys, and a name that needs quotes
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE TABLE "Carts" (id bigint PRIMARY KEY, user_id bigint CONSTRAINT "of User" REFERENCES users);
-- migration:
DROP TABLE IF EXISTS users CASCADE;

-- case: a view
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE MATERIALIZED VIEW names AS SELECT name FROM users;
-- migration:
ALTER TABLE users DROP COLUMN name CASCADE;

-- case: a view of a view
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE VIEW names AS SELECT name FROM users;
CREATE VIEW short AS SELECT name FROM names;
-- migration:
DROP TABLE users CASCADE;

-- case: a key that others reference
-- given:
CREATE TABLE users (id bigint, CONSTRAINT users_key PRIMARY KEY (id));
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
-- migration:
ALTER TABLE users DROP CONSTRAINT users_key CASCADE;

-- case: a type
-- given:
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE users (id bigint PRIMARY KEY, feeling mood);
-- migration:
DROP TYPE mood CASCADE;

-- case: a table that inherits
-- given:
CREATE TABLE things (id bigint PRIMARY KEY);
CREATE TABLE cars (wheels int) INHERITS (things);
-- migration:
DROP TABLE things CASCADE;

-- case: what nobody knows
-- migration:
DROP EXTENSION hstore CASCADE;
DROP FUNCTION touch() CASCADE;
DROP OWNED BY app CASCADE;

-- case: DOWN
-- migration:
-- ===== UP =====
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
-- ===== DOWN =====
DROP TABLE users CASCADE;
DROP TABLE orders;
