-- engine: postgres
-- version: 15

-- case: none
-- migration:
CREATE TABLE a (id bigint, name text);

-- case: only a unique key with NULL
-- migration:
CREATE TABLE a (code text UNIQUE);

-- case: from a query
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE b AS SELECT id FROM a;

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint NOT NULL, name text);
