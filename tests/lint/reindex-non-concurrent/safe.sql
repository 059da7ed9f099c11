-- engine: postgres
-- version: 15

-- case: concurrently
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
REINDEX TABLE CONCURRENTLY orders;

-- case: the option's form
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
REINDEX (CONCURRENTLY, VERBOSE) INDEX orders_pkey;

-- case: system catalogs have no online form
-- migration:
REINDEX SYSTEM app;

-- case: a table that this migration makes
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY);
REINDEX TABLE orders;
