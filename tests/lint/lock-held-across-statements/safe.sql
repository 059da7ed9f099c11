-- engine: postgres
-- version: 15

-- case: two migrations
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY, n int);
-- migration: 1_first
ALTER TABLE a ADD COLUMN n int;
-- migration: 2_second
UPDATE b SET n = 0;

-- case: the slow one first
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY, n int);
-- migration:
UPDATE b SET n = 0;
ALTER TABLE a ADD COLUMN n int;

-- case: nothing but the catalog is changed
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD COLUMN n int;
ALTER TABLE a ADD COLUMN m int;

-- case: tables that this migration makes
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY);
ALTER TABLE a ADD COLUMN n int;
UPDATE a SET n = 0;

-- case: a row that is found by its key
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY, n int);
-- migration:
ALTER TABLE a ADD COLUMN n int;
INSERT INTO b VALUES (1, 2);

-- case: the slow table is small
-- rows: b = 10
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY, n int);
-- migration:
ALTER TABLE a ADD COLUMN n int;
UPDATE b SET n = 0;

-- case: the server's own tables
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD COLUMN n int;
SELECT count(*) FROM pg_class;
SELECT count(*) FROM pg_catalog.pg_index;

-- case: the slow statement takes the same lock itself
-- given:
CREATE TABLE a (id int PRIMARY KEY, n int);
-- migration:
ALTER TABLE a ADD COLUMN m int;
ALTER TABLE a ALTER COLUMN n TYPE bigint;
