-- engine: postgres
-- version: 15

-- case: one of each kind
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER trg BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE SEQUENCE s;
CREATE TYPE mood AS ENUM ('ok');
-- migration:
DROP VIEW v;
DROP MATERIALIZED VIEW m;
DROP TRIGGER trg ON t;
DROP FUNCTION f();
DROP SEQUENCE s;
DROP TYPE mood;

-- case: made again, but not at once
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
-- migration:
-- Transaction: none
DROP VIEW v;
CREATE VIEW v AS SELECT id, 1 AS one FROM t;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
-- migration:
DROP VIEW v;

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
CREATE TRIGGER trg AFTER INSERT ON t BEGIN DELETE FROM t WHERE id < 0; END;
-- migration:
DROP TRIGGER trg;
