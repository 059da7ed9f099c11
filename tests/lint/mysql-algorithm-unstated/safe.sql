-- engine: mysql
-- version: 8.0.36

-- case: it is stated
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, b INT);
-- migration:
ALTER TABLE t ADD COLUMN a INT, ALGORITHM=INSTANT;
CREATE INDEX t_b ON t (b) ALGORITHM=INPLACE LOCK=NONE;

-- case: there is none but a copy
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, b INT);
-- migration:
ALTER TABLE t MODIFY b BIGINT;

-- case: a name alone
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, b INT);
-- migration:
RENAME TABLE t TO u;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY);
ALTER TABLE t ADD COLUMN a INT;
