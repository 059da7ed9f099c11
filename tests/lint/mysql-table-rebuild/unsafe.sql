-- engine: mysql
-- version: 8.0.36

-- case: NOT NULL
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t MODIFY a INT NOT NULL;

-- case: a large table
-- rows: t = 50000000
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t MODIFY a INT NOT NULL;

-- case: the same engine again
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ENGINE=InnoDB;

-- case: OPTIMIZE
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
OPTIMIZE TABLE t;

-- case: MariaDB
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t MODIFY a INT NOT NULL;
