-- engine: postgres
-- version: 15

-- case: an adjective
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, active boolean NOT NULL);

-- case: MySQL
-- engine: mysql
-- set: naming = strict
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, active tinyint(1) NOT NULL);
