-- engine: postgres

-- case: nobody knows how large it is
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
-- migration:
ALTER TABLE orders ALTER COLUMN total TYPE bigint;

-- case: not so large
-- rows: orders = 50000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
-- migration:
ALTER TABLE orders ALTER COLUMN total TYPE bigint;

-- case: large, but neither read nor written
-- rows: orders = 5000000
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN total bigint;
