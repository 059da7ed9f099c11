-- engine: mysql
-- version: 8.0.36

-- case: the modes aren't touched
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t MODIFY a INT NOT NULL;

-- case: strict ones
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
SET SESSION sql_mode = 'STRICT_TRANS_TABLES';
ALTER TABLE t MODIFY a INT NOT NULL;

-- case: it is NOT NULL already
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT NOT NULL);
-- migration:
SET sql_mode = '';
ALTER TABLE t MODIFY a BIGINT NOT NULL;
