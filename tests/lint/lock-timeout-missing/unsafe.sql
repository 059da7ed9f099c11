-- engine: postgres
-- version: 15
-- lock-timeout: 0

-- case: nothing is set, told once
-- lock-timeout: 0
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN n int;
ALTER TABLE t ADD COLUMN m int;

-- case: MySQL
-- engine: mysql
-- version: 8.0
-- lock-timeout: 0
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t MODIFY id int;
