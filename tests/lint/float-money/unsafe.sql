-- engine: postgres
-- version: 15

-- case: a new table
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, price double precision NOT NULL, fees real[]);

-- case: a new column, and one that perhaps is money
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN shipping_cost float, ADD COLUMN discount real;

-- case: another type
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric(12,2));
-- migration:
ALTER TABLE orders ALTER COLUMN amount TYPE double precision;

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, price double, balance float unsigned);

-- case: SQLite
-- engine: sqlite
-- migration:
CREATE TABLE orders (id INTEGER PRIMARY KEY, price REAL);
