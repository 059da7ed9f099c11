-- engine: postgres
-- version: 15

-- case: PostgreSQL
-- migration:
CREATE TYPE mood AS ENUM ('sad', 'ok');

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, status ENUM('x', 'y') NOT NULL);
