-- engine: postgres
-- version: 15

-- case: exact types
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, price numeric(12,2) NOT NULL, total bigint NOT NULL);

-- case: floats that measure something else
-- migration:
CREATE TABLE probes (id bigint PRIMARY KEY, score real, tax_rate double precision, weight float8);

-- case: a temporary table
-- migration:
CREATE TEMP TABLE sums (total double precision);

-- case: another name for what was one
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, price float8);
-- migration:
ALTER TABLE orders RENAME COLUMN price TO old_price;

-- case: DOWN brings back what was
-- migration:
-- ===== UP =====
CREATE TABLE a (id bigint PRIMARY KEY);
-- ===== DOWN =====
DROP TABLE a;
CREATE TABLE b (price float8);

-- case: SQLite: cents
-- engine: sqlite
-- migration:
CREATE TABLE orders (id INTEGER PRIMARY KEY, price INTEGER NOT NULL);
