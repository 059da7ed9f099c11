-- engine: mysql
-- version: 8.0.36

-- case: the best there is
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT, ALGORITHM=INSTANT;
ALTER TABLE t MODIFY a BIGINT, ALGORITHM=COPY, LOCK=SHARED;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
ALTER TABLE t ADD COLUMN b INT, ALGORITHM=COPY;

-- case: a setting that lets the server choose
-- engine: mariadb
-- version: 10.11.6
-- migration:
SET alter_algorithm = 'INSTANT';
