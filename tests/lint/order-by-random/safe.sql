-- engine: postgres

-- case: some rows of a sample
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW few AS SELECT id FROM orders TABLESAMPLE system (1) LIMIT 10;

-- case: a small table
-- rows: prizes = 20
-- given:
CREATE TABLE prizes (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW prize AS SELECT id FROM prizes ORDER BY random() LIMIT 1;

-- case: a value by chance
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, bucket int);
-- migration:
UPDATE orders SET bucket = (random() * 10)::int WHERE id < 10;
