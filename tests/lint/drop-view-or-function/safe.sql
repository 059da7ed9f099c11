-- engine: postgres
-- version: 15

-- case: made again in the same transaction
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration:
DROP VIEW v;
CREATE VIEW v AS SELECT id, 1 AS one FROM t;
DROP FUNCTION f();
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';

-- case: made here
-- migration:
CREATE VIEW v AS SELECT 1 AS a;
DROP VIEW v;
CREATE TYPE mood AS ENUM ('ok');
DROP TYPE mood;

-- case: it isn't there
-- migration:
DROP VIEW IF EXISTS v;
DROP FUNCTION IF EXISTS f();

-- case: DOWN takes back what UP did
-- migration:
-- ===== UP =====
CREATE VIEW v AS SELECT 1 AS a;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE SEQUENCE s;
-- ===== DOWN =====
DROP SEQUENCE s;
DROP FUNCTION f();
DROP VIEW v;

-- case: a trigger, before its table
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER trg BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
-- migration:
DROP TRIGGER trg ON t;
DROP TABLE t;

-- case: MySQL has no other way
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
CREATE TRIGGER trg BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
-- migration:
DROP TRIGGER trg;
CREATE TRIGGER trg BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 2;
