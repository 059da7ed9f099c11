-- engine: mysql

-- case: a date of the world
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, due TIMESTAMP NULL);

-- case: added
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN due TIMESTAMP NULL DEFAULT NULL;
