-- engine: mysql
-- version: 8.0.36

-- case: a change of the dictionary alone
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10,2));
-- migration:
ALTER TABLE orders ADD COLUMN total2 DECIMAL(12,2);
ALTER TABLE orders ALTER COLUMN total SET DEFAULT 0;

-- case: a table that this migration makes
-- migration:
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10,2));
ALTER TABLE orders MODIFY total DECIMAL(12,2);

-- case: what the server refuses copies nothing
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10,2));
-- migration:
ALTER TABLE orders MODIFY total DECIMAL(12,2), ALGORITHM=INPLACE;

-- case: a rule of its own says it
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, name VARCHAR(50)) CHARACTER SET utf8mb4;
-- migration:
ALTER TABLE orders MODIFY name VARCHAR(100);

-- case: another type, which a rule of its own says
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10,2));
-- migration:
ALTER TABLE orders MODIFY total DECIMAL(12,2);
