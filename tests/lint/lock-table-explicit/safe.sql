-- engine: postgres
-- version: 15

-- case: modes that let others write
-- given:
CREATE TABLE orders (id bigint);
-- migration:
LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;
LOCK TABLE orders IN ROW EXCLUSIVE MODE;

-- case: a table that this migration makes
-- migration:
CREATE TABLE orders (id bigint);
LOCK TABLE orders;

-- case: MySQL: for reading
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE orders (id bigint);
-- migration:
LOCK TABLES orders READ;
UNLOCK TABLES;
