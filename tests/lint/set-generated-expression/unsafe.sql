-- engine: postgres
-- version: 17

-- case: stored
-- given:
CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a * 2) STORED);
-- migration:
ALTER TABLE t ALTER COLUMN g SET EXPRESSION AS (a * 3);
