-- engine: postgres
-- version: 15

-- case: no mode is the strongest
-- given:
CREATE TABLE orders (id bigint);
-- migration:
LOCK TABLE orders;

-- case: writes wait
-- given:
CREATE TABLE orders (id bigint);
-- migration:
LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE;

-- case: MySQL
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE orders (id bigint);
-- migration:
LOCK TABLES orders WRITE;
UNLOCK TABLES;

-- case: MySQL: all of them
-- engine: mysql
-- version: 8.0
-- migration:
FLUSH TABLES WITH READ LOCK;
