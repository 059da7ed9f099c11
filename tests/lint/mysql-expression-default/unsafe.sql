-- engine: mysql
-- version: 8.0.36

-- case: it differs by row
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN k CHAR(36) DEFAULT (uuid());

-- case: even this
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n INT DEFAULT (1 + 1);

-- case: MariaDB
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN k CHAR(36) DEFAULT (uuid());
