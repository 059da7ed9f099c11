-- engine: mysql
-- version: 8.0.36

-- case: a copy
-- rows: t = 90000000
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t MODIFY a BIGINT;

-- case: a rebuild, with a limit of one's own
-- rows: t = 500000
-- set: online-tool-rows = 100000
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t MODIFY a INT NOT NULL;
