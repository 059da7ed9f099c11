-- engine: postgres
-- version: 15

-- case: four
-- migration:
CREATE TABLE t (a int, b int, c int, d int);
CREATE INDEX i ON t (a, b, c, d);
