-- engine: postgres
-- version: 15

-- case: 8 bytes
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, n bigserial);

-- case: MySQL: a boolean
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, is_open boolean, is_shut tinyint(1));
