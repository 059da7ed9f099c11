-- engine: postgres
-- version: 15

-- case: a column goes
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, name text);
CREATE VIEW v AS SELECT id, name FROM t;
-- migration:
CREATE OR REPLACE VIEW v AS SELECT id FROM t;

-- case: another name
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, name text);
CREATE VIEW v AS SELECT id, name FROM t;
-- migration:
CREATE OR REPLACE VIEW v AS SELECT id, name AS title FROM t;

-- case: another order
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, name text);
CREATE VIEW v AS SELECT id, name FROM t;
-- migration:
CREATE OR REPLACE VIEW v AS SELECT name, id FROM t;

-- case: what a function returns
-- given:
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration:
CREATE OR REPLACE FUNCTION f(a int) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';

-- case: a function's parameters
-- given:
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration:
CREATE OR REPLACE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT 1';
