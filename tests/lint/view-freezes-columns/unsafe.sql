-- engine: postgres
-- version: 15

-- case: all columns
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW v AS SELECT * FROM t;

-- case: all columns of one of them, behind UNION
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
CREATE MATERIALIZED VIEW v AS SELECT id FROM t UNION ALL SELECT t.* FROM t;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW v AS SELECT * FROM t;
