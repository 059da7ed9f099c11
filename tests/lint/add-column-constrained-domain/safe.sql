-- engine: postgres
-- version: 15

-- case: a domain without constraints
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, name varchar(20));
CREATE DOMAIN label AS text;
-- migration:
ALTER TABLE t ADD COLUMN a label;
ALTER TABLE t ALTER COLUMN name TYPE label;

-- case: the base type with a CHECK
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE DOMAIN positive_int AS int CHECK (VALUE > 0);
-- migration:
ALTER TABLE t ADD COLUMN qty int;
ALTER TABLE t ADD CONSTRAINT chk_t_qty CHECK (qty > 0) NOT VALID;

-- case: 19 stores the default in the catalog
-- version: 19
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE DOMAIN positive_int AS int CHECK (VALUE > 0);
-- migration:
ALTER TABLE t ADD COLUMN qty positive_int;

-- case: a table that this migration makes
-- given:
CREATE DOMAIN positive_int AS int CHECK (VALUE > 0);
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY);
ALTER TABLE t ADD COLUMN qty positive_int;
