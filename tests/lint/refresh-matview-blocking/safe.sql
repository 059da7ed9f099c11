-- engine: postgres
-- version: 15

-- case: concurrently, with its index
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW monthly_sales AS SELECT id FROM t;
CREATE UNIQUE INDEX i ON monthly_sales (id);
-- migration:
REFRESH MATERIALIZED VIEW CONCURRENTLY monthly_sales;

-- case: without data
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW monthly_sales AS SELECT id FROM t;
-- migration:
REFRESH MATERIALIZED VIEW monthly_sales WITH NO DATA;

-- case: it never had data
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW monthly_sales AS SELECT id FROM t WITH NO DATA;
-- migration:
REFRESH MATERIALIZED VIEW monthly_sales;

-- case: a view that this migration makes
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
CREATE MATERIALIZED VIEW monthly_sales AS SELECT id FROM t;
REFRESH MATERIALIZED VIEW monthly_sales;
