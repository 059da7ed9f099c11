-- engine: postgres
-- version: 15

-- case: two answers
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, is_open boolean NOT NULL DEFAULT false);

-- case: three are wanted
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, is_open boolean NULL);

-- case: NOT NULL comes later
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD COLUMN is_open boolean;
ALTER TABLE a ALTER COLUMN is_open SET NOT NULL;

-- case: MySQL: a number
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, n tinyint);
