-- engine: postgres
-- version: 15

-- case: a table
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
REINDEX TABLE orders;

-- case: an index
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
REINDEX (VERBOSE) INDEX orders_pkey;

-- case: a schema
-- migration:
REINDEX SCHEMA public;

-- case: before there was an online form
-- version: 11
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
REINDEX TABLE orders;
