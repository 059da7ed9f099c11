-- engine: postgres
-- version: 15

-- case: UPDATE and INSERT
-- given:
CREATE TYPE status AS ENUM ('open');
CREATE TABLE orders (id bigint PRIMARY KEY, status status);
-- migration:
ALTER TYPE status ADD VALUE 'held';
UPDATE orders SET status = 'held' WHERE id = 1;
INSERT INTO orders (id, status) VALUES (2, 'held'::status);

-- case: a default
-- given:
CREATE TYPE status AS ENUM ('open');
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TYPE status ADD VALUE 'held';
ALTER TABLE orders ADD COLUMN status status DEFAULT 'held';

-- case: the type is new, before 17
-- migration:
CREATE TYPE status AS ENUM ('open');
ALTER TYPE status ADD VALUE 'held';
CREATE TABLE orders (id bigint PRIMARY KEY, status status DEFAULT 'held');
