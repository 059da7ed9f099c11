-- engine: postgres
-- version: 15

-- case: a new table
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, total money NOT NULL);

-- case: another type
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
-- migration:
ALTER TABLE orders ALTER total TYPE money USING total::money;
