-- engine: mysql
-- version: 8.0.36

-- case: it is said
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN role ENUM('admin','user') NOT NULL DEFAULT 'user';
ALTER TABLE t ADD COLUMN note TEXT;

-- case: an UPDATE follows
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n INT NOT NULL;
UPDATE t SET n = id WHERE n = 0;

-- case: it counts by itself
-- given:
CREATE TABLE t (a BIGINT);
-- migration:
ALTER TABLE t ADD COLUMN id BIGINT NOT NULL AUTO_INCREMENT UNIQUE;
ALTER TABLE t ADD COLUMN b BIGINT AS (a + 1) VIRTUAL NOT NULL;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY);
ALTER TABLE t ADD COLUMN n INT NOT NULL;
