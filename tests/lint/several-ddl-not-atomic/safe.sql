-- engine: mysql
-- version: 8.0.36

-- case: one, and rows
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
-- migration:
ALTER TABLE users ADD COLUMN age int;
UPDATE users SET age = 0 WHERE id = 1;

-- case: one statement of several actions
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
-- migration:
ALTER TABLE users ADD COLUMN age int, ADD INDEX idx_name (name);

-- case: an engine that takes all of it back
-- engine: postgres
-- version: 15
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);
