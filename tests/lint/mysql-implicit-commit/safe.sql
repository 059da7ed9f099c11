-- engine: mysql

-- case: data alone
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
START TRANSACTION;
UPDATE t SET a = 1 WHERE id = 1;
COMMIT;
ALTER TABLE t ADD COLUMN b INT;

-- case: no transaction, and a temporary table
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT;
START TRANSACTION;
CREATE TEMPORARY TABLE u (id BIGINT);
COMMIT;
