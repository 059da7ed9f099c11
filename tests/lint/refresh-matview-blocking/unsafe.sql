-- engine: postgres
-- version: 15

-- case: with an index for it
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW monthly_sales AS SELECT id FROM t;
CREATE UNIQUE INDEX i ON monthly_sales (id);
-- migration:
REFRESH MATERIALIZED VIEW monthly_sales;

-- case: without one
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW monthly_sales AS SELECT id FROM t;
-- migration:
REFRESH MATERIALIZED VIEW monthly_sales;

-- case: concurrently, with an index that doesn't do
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE MATERIALIZED VIEW monthly_sales AS SELECT id FROM t;
CREATE UNIQUE INDEX i ON monthly_sales (id) WHERE id > 0;
CREATE UNIQUE INDEX j ON monthly_sales ((id + 1));
-- migration:
REFRESH MATERIALIZED VIEW CONCURRENTLY monthly_sales;
