-- engine: mysql
-- version: 8.0.30

-- case: a column comes
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT;

-- case: a column goes
-- version: 8.0.29
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t DROP COLUMN a, ALGORITHM=INSTANT;
