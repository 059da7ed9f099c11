\set ON_ERROR_STOP on
\set QUIET 1
\echo 'making; functions'
CREATE TABLE customer (id serial PRIMARY KEY, name text NOT NULL DEFAULT 'no;body', note text, "odd;name" int);
CREATE TABLE audit (id serial PRIMARY KEY, what text);

CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    -- it's; $$ not the end
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO audit (what) VALUES ($$changed; $$ || OLD.name);
    END IF;
    RETURN NEW;
END;
$body$;
CREATE TRIGGER customer_touch BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION touch();

CREATE FUNCTION one(a int DEFAULT 1) RETURNS text LANGUAGE sql
BEGIN ATOMIC
    SELECT CASE WHEN a > 0 THEN 'plus;' ELSE (CASE a WHEN 0 THEN 'zero' END) END AS y;
    SELECT 'END;' AS x /* END; */;
END;
CREATE PROCEDURE two(a int) BEGIN ATOMIC INSERT INTO audit (what) VALUES ('a'); INSERT INTO audit (what) VALUES ('b'); END;
CREATE FUNCTION quoted() RETURNS text LANGUAGE sql AS 'SELECT ''it''''s; one''::text;';
CREATE FUNCTION escaped() RETURNS text LANGUAGE sql AS E'SELECT \'x;\\\\y\'::text;';
CREATE FUNCTION dollars(int) RETURNS int LANGUAGE sql AS $a1$ SELECT $1; $a1$;
