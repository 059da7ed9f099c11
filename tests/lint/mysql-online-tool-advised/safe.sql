-- engine: mysql
-- version: 8.0.36

-- case: a change of the dictionary alone
-- rows: t = 90000000
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT;

-- case: not so many rows, or nobody knows how many
-- rows: t = 500000
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
CREATE TABLE u (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t MODIFY a BIGINT;
ALTER TABLE u MODIFY a BIGINT;
