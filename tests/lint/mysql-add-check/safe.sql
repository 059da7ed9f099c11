-- engine: mysql
-- version: 8.0.36

-- case: with the table
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT, CHECK (n > 0));

-- case: not enforced
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT);
-- migration:
ALTER TABLE t ADD CONSTRAINT t_n CHECK (n > 0) NOT ENFORCED;

-- case: a server that forgets it
-- version: 8.0.15
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT);
-- migration:
ALTER TABLE t ADD CHECK (n > 0);

-- case: of MariaDB's new column
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n INT CHECK (n > 0);
