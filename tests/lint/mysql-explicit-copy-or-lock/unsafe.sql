-- engine: mysql
-- version: 8.0.36

-- case: a copy that isn't needed
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT, ALGORITHM=COPY;

-- case: a lock that isn't needed
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD INDEX t_a (a), LOCK=SHARED;
ALTER TABLE t DROP INDEX t_a, LOCK=EXCLUSIVE;

-- case: for all that follow
-- migration:
SET SESSION old_alter_table = ON;

-- case: for all that follow, on MariaDB
-- engine: mariadb
-- version: 10.11.6
-- migration:
SET alter_algorithm = 'COPY';
