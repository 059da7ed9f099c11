-- engine: postgres
-- version: 15

-- case: PostgreSQL
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, body varchar(4000));

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, body varchar(2000) NOT NULL);
