-- engine: postgres
-- version: 15

-- case: a CHECK
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, status varchar(20) CHECK (status IN ('x', 'y')));

-- case: a value more, of one that is there
-- given:
CREATE TYPE mood AS ENUM ('sad');
-- migration:
ALTER TYPE mood ADD VALUE 'ok';

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, status varchar(20));
