-- engine: mysql
-- version: 8.0.36

-- case: none
-- migration:
CREATE TABLE t (id BIGINT, n INT);

-- case: a unique key with NULLs
-- migration:
CREATE TABLE t (a BIGINT, UNIQUE KEY (a));

-- case: a server that refuses it
-- engine: mysql
-- migration:
SET SESSION sql_require_primary_key = ON;
CREATE TABLE t (id BIGINT);
