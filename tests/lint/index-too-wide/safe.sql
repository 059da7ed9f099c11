-- engine: postgres
-- version: 15

-- case: three columns, more in a unique or a GIN one
-- migration:
CREATE TABLE t (a int, b int, c int, d int, e text);
CREATE INDEX i ON t (a, b, c);
CREATE UNIQUE INDEX u ON t (a, b, c, d);
CREATE INDEX g ON t USING gin (a, b, c, d);
