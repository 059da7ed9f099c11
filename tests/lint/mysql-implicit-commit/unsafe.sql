-- engine: mysql

-- case: between BEGIN and COMMIT
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
START TRANSACTION;
UPDATE t SET a = 1 WHERE id = 1;
ALTER TABLE t ADD COLUMN b INT;
COMMIT;

-- case: a new table
-- engine: mariadb
-- migration:
BEGIN;
CREATE TABLE t (id BIGINT PRIMARY KEY);
COMMIT;
