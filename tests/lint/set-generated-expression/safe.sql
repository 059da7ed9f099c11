-- engine: postgres
-- version: 18

-- case: virtual
-- given:
CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) VIRTUAL);
-- migration:
ALTER TABLE t ALTER COLUMN g SET EXPRESSION AS (a * 3);

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED);
ALTER TABLE t ALTER COLUMN g SET EXPRESSION AS (a * 3);
