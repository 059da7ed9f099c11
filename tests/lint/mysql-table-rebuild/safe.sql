-- engine: mysql
-- version: 8.0.36

-- case: a change of the dictionary alone
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT;

-- case: a copy is more than a rebuild
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t MODIFY a BIGINT;

-- case: an index is built while writers go on
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
CREATE INDEX t_a ON t (a);

-- case: columns move at no cost on MariaDB
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT, b INT);
-- migration:
ALTER TABLE t MODIFY b INT AFTER id;
