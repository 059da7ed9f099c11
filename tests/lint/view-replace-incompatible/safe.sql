-- engine: postgres
-- version: 15

-- case: a new column at the end
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, name text);
CREATE VIEW v AS SELECT id FROM t;
-- migration:
CREATE OR REPLACE VIEW v AS SELECT id, name FROM t;

-- case: dropped before
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, name text);
CREATE VIEW v AS SELECT id, name FROM t;
-- migration:
DROP VIEW v;
CREATE OR REPLACE VIEW v AS SELECT id FROM t;

-- case: another function of that name, and the same again
-- given:
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration:
CREATE OR REPLACE FUNCTION f(b text) RETURNS text LANGUAGE sql AS 'SELECT b';
CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 2';
