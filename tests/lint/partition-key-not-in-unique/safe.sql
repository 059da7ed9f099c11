-- engine: postgres
-- version: 15

-- case: the keys have it
-- migration:
CREATE TABLE e (id bigint, at date, n int, PRIMARY KEY (id, at), UNIQUE (at, n)) PARTITION BY RANGE (at);
CREATE UNIQUE INDEX i ON e (n, at);
CREATE INDEX j ON e (n);

-- case: no partitions
-- migration:
CREATE TABLE e (id bigint PRIMARY KEY, at date);

-- case: MySQL, by an expression of the key
-- engine: mysql
-- migration:
CREATE TABLE e (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY HASH (YEAR(at)) PARTITIONS 4;
