-- engine: mysql
-- version: 8.0.36

-- case: the index goes, too
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT, b INT, UNIQUE KEY t_ab (a, b));
-- migration:
ALTER TABLE t DROP COLUMN b, DROP INDEX t_ab;

-- case: nothing of it stays
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT, b INT, UNIQUE KEY t_ab (a, b));
-- migration:
ALTER TABLE t DROP COLUMN b, DROP COLUMN a;

-- case: an index of that column alone
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT, KEY t_a (a));
-- migration:
ALTER TABLE t DROP COLUMN a;
