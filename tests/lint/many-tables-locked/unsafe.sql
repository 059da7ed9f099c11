-- engine: postgres
-- version: 15

-- case: two tables, told once
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
CREATE TABLE c (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD COLUMN x int;
ALTER TABLE b ADD COLUMN y int;
ALTER TABLE c ADD COLUMN z int;

-- case: a foreign key behind a change of a third table
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (a_id bigint);
CREATE TABLE c (id bigint);
-- migration:
ALTER TABLE c ADD COLUMN x int;
ALTER TABLE b ADD FOREIGN KEY (a_id) REFERENCES a NOT VALID;
