-- engine: postgres
-- version: 15

-- case: a migration each
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
-- migration: 1_a
ALTER TABLE a ADD COLUMN x int;
-- migration: 2_b
ALTER TABLE b ADD COLUMN y int;

-- case: the same table twice
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD COLUMN x int;
ALTER TABLE a ADD COLUMN y int;

-- case: only one of them is old
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE b (id bigint PRIMARY KEY);
ALTER TABLE b ADD COLUMN y int;
ALTER TABLE a ADD COLUMN x int;

-- case: two tables that a foreign key joins
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (a_id bigint);
-- migration:
ALTER TABLE b ADD FOREIGN KEY (a_id) REFERENCES a NOT VALID;
