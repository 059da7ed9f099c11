-- engine: postgres
-- version: 15

-- case: in the next migration
-- given:
CREATE TYPE status AS ENUM ('open');
CREATE TABLE orders (id bigint PRIMARY KEY, status status);
-- migration: 1_add
ALTER TYPE status ADD VALUE 'held';
-- migration: 2_use
UPDATE orders SET status = 'held' WHERE id = 1;

-- case: an old value, and a text that is alike
-- given:
CREATE TYPE status AS ENUM ('open');
CREATE TABLE orders (id bigint PRIMARY KEY, status status);
CREATE TABLE notes (id bigint PRIMARY KEY, body text);
-- migration:
ALTER TYPE status ADD VALUE 'held';
UPDATE orders SET status = 'open' WHERE id = 1;
INSERT INTO notes (id, body) VALUES (1, 'held');

-- case: the type is new, on 17
-- version: 17
-- migration:
CREATE TYPE status AS ENUM ('open');
ALTER TYPE status ADD VALUE 'held';
CREATE TABLE orders (id bigint PRIMARY KEY, status status DEFAULT 'held');
