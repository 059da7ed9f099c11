-- engine: mysql
-- version: 8.0.36

-- case: AUTO_INCREMENT comes
-- given:
CREATE TABLE orders (id BIGINT NOT NULL PRIMARY KEY);
-- migration:
ALTER TABLE orders MODIFY id BIGINT NOT NULL AUTO_INCREMENT;

-- case: the worst action decides for all, and is named
-- given:
CREATE TABLE orders (id BIGINT NOT NULL PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN note TEXT, MODIFY id BIGINT NOT NULL AUTO_INCREMENT;

-- case: an engine that knows nothing else
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY) ENGINE=MyISAM;
-- migration:
ALTER TABLE orders ADD INDEX orders_id (id);

-- case: a small table
-- rows: orders = 200
-- given:
CREATE TABLE orders (id BIGINT NOT NULL PRIMARY KEY);
-- migration:
ALTER TABLE orders MODIFY id BIGINT NOT NULL AUTO_INCREMENT;

-- case: MariaDB before 11.2
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE orders (id BIGINT NOT NULL PRIMARY KEY);
-- migration:
ALTER TABLE orders MODIFY id BIGINT NOT NULL AUTO_INCREMENT;

-- case: MariaDB since 11.2 lets writers go on
-- engine: mariadb
-- version: 11.4.2
-- given:
CREATE TABLE orders (id BIGINT PRIMARY KEY, body TEXT);
-- migration:
ALTER TABLE orders ADD UNIQUE KEY orders_body (body);
