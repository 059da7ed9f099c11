-- engine: postgres
-- version: 15

-- case: a key
-- migration:
CREATE TABLE a (id bigint, n int, UNIQUE (n, id, n));

-- case: an index
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, n int);
CREATE INDEX i ON a (n, n);
