-- engine: postgres

-- case: a view
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW few AS SELECT id FROM orders ORDER BY random() LIMIT 10;

-- case: rows to be copied
-- engine: mysql
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE chosen (id bigint PRIMARY KEY);
-- migration:
INSERT INTO chosen (id) SELECT id FROM orders ORDER BY RAND() LIMIT 10;
