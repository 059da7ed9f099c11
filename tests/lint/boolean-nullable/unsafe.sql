-- engine: postgres
-- version: 15

-- case: a new table
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, is_open boolean DEFAULT false);

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, is_open boolean);
