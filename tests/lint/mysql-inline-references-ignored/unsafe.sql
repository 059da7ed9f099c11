-- engine: mysql

-- case: with the table
-- version: 8.0.36
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT REFERENCES p (id));

-- case: a version that isn't known
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE c ADD COLUMN pid BIGINT REFERENCES p (id);

-- case: MariaDB
-- engine: mariadb
-- version: 10.4.32
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT REFERENCES p (id));
