-- engine: mysql
-- version: 8.0.36

-- case: it can be done so
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT, ALGORITHM=INSTANT;
ALTER TABLE t ADD INDEX t_a (a), ALGORITHM=INPLACE, LOCK=NONE;

-- case: a worse one is taken
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT, ALGORITHM=COPY;

-- case: the present type isn't known
-- given:
CALL make_tables();
-- migration:
ALTER TABLE t MODIFY a BIGINT, ALGORITHM=INPLACE;

-- case: MariaDB takes LOCK beside INSTANT
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT, ALGORITHM=INSTANT, LOCK=NONE;
