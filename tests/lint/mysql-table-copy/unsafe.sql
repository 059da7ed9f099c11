-- engine: mysql
-- version: 8.0.36

-- case: another type
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10,2));
-- migration:
ALTER TABLE orders MODIFY total DECIMAL(12,2);

-- case: the worst action decides for all, and is named
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10,2));
-- migration:
ALTER TABLE orders ADD COLUMN note TEXT, MODIFY total DECIMAL(12,2);

-- case: a stored column
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE orders ADD COLUMN b INT AS (a + 1) STORED;

-- case: a small table
-- rows: orders = 200
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10,2));
-- migration:
ALTER TABLE orders MODIFY total DECIMAL(12,2);

-- case: a type that isn't known
-- given:
CALL make_tables();
-- migration:
ALTER TABLE orders MODIFY total DECIMAL(12,2);

-- case: MariaDB before 11.2
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10,2));
-- migration:
ALTER TABLE orders MODIFY total DECIMAL(12,2);

-- case: MariaDB since 11.2 lets writers go on
-- engine: mariadb
-- version: 11.4.2
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, total DECIMAL(10,2));
-- migration:
ALTER TABLE orders MODIFY total DECIMAL(12,2);
