-- engine: mysql

-- case: another version
-- version: 8.0.36
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT;

-- case: in place
-- version: 8.0.30
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD INDEX t_id (id);

-- case: a table that this migration makes
-- version: 8.0.30
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY);
ALTER TABLE t ADD COLUMN a INT;
