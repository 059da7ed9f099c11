-- engine: mysql
-- version: 5.7.44

-- case: of a column
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT CHECK (n > 0));

-- case: of a table
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT CHECK (n > 0), CHECK (n < id));

-- case: added
-- engine: mariadb
-- version: 10.1.48
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT);
-- migration:
ALTER TABLE t ADD CHECK (n > 0);
