-- engine: mysql
-- version: 8.0.36

-- case: nothing is in the way
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT, b INT);
-- migration:
ALTER TABLE t ADD COLUMN c INT FIRST;
ALTER TABLE t DROP COLUMN a;

-- case: two statements
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT;
ALTER TABLE t ADD INDEX t_a (a);

-- case: what never is INSTANT
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT AS (id + 1) STORED;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, body TEXT, FULLTEXT KEY (body));
ALTER TABLE t ADD COLUMN a INT;
