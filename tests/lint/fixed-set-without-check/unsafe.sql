-- engine: postgres
-- version: 15

-- case: a new table
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL, payment_status varchar(20));

-- case: a new column
-- engine: sqlite
-- given:
CREATE TABLE orders (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN kind TEXT;
