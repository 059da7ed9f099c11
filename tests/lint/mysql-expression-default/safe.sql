-- engine: mysql
-- version: 8.0.36

-- case: a literal, and the time
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n INT DEFAULT 7;
ALTER TABLE t ADD COLUMN at DATETIME DEFAULT CURRENT_TIMESTAMP;

-- case: for new rows only
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, k CHAR(36));
-- migration:
ALTER TABLE t ALTER COLUMN k SET DEFAULT (uuid());

-- case: what MariaDB works out once
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n INT DEFAULT (1 + 1);

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY);
ALTER TABLE t ADD COLUMN k CHAR(36) DEFAULT (uuid());
