-- engine: mysql
-- version: 8.0.36

-- case: a unique one
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT, b INT, UNIQUE KEY t_ab (a, b));
-- migration:
ALTER TABLE t DROP COLUMN b;

-- case: another
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT, b INT, c INT, KEY t_abc (a, b, c));
-- migration:
ALTER TABLE t DROP COLUMN b;

-- case: MariaDB refuses it
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT, b INT, UNIQUE KEY t_ab (a, b));
-- migration:
ALTER TABLE t DROP COLUMN b;
