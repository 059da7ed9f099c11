-- engine: mysql
-- version: 8.0.36

-- case: in parentheses, NULL, and another type
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a TEXT DEFAULT ('x'), b JSON DEFAULT NULL, c VARCHAR(9) DEFAULT 'x');

-- case: MariaDB takes it
-- engine: mariadb
-- version: 10.11.6
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a TEXT DEFAULT 'x');
