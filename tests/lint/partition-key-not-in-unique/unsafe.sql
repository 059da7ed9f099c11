-- engine: postgres
-- version: 15

-- case: with the column
-- migration:
CREATE TABLE e (id bigint PRIMARY KEY, at date) PARTITION BY RANGE (at);

-- case: later
-- given:
CREATE TABLE e (id bigint, at date, n int) PARTITION BY RANGE (at);
-- migration:
ALTER TABLE e ADD CONSTRAINT one UNIQUE (id, n);
CREATE UNIQUE INDEX i ON e (n);

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE e (id bigint PRIMARY KEY, at date);
-- migration:
ALTER TABLE e PARTITION BY HASH (YEAR(at)) PARTITIONS 4;
CREATE TABLE f (id bigint PRIMARY KEY, at date) PARTITION BY HASH (YEAR(at)) PARTITIONS 4;
