-- engine: postgres
-- version: 15

-- case: a key
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (x int, y int, PRIMARY KEY (x, y));

-- case: a key that comes later
-- migration:
CREATE TABLE a (id bigint NOT NULL);
ALTER TABLE a ADD PRIMARY KEY (id);

-- case: a partition, a child, a staging table, a temporary one
-- set: staging-tables = raw
-- migration:
CREATE TABLE p (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE p_1 PARTITION OF p DEFAULT;
CREATE TABLE raw (line text);
CREATE TEMP TABLE t (n int);

-- case: a unique key without NULL
-- migration:
CREATE TABLE a (code text NOT NULL UNIQUE);

-- case: dropped again
-- migration:
CREATE TABLE a (n int);
DROP TABLE a;
