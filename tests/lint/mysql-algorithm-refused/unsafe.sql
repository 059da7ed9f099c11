-- engine: mysql
-- version: 8.0.36

-- case: another type in place
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t MODIFY a BIGINT, ALGORITHM=INPLACE;

-- case: LOCK beside INSTANT
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT, ALGORITHM=INSTANT, LOCK=NONE;

-- case: a weaker lock than can be
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, body TEXT);
-- migration:
ALTER TABLE t ADD FULLTEXT INDEX ft (body), LOCK=NONE;

-- case: ONLINE
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER ONLINE TABLE t MODIFY a BIGINT;
