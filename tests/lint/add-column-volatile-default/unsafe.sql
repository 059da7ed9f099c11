-- engine: postgres
-- version: 15

-- case: a function that gives another value each time
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();

-- case: somewhere in the expression
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN at timestamptz DEFAULT date_trunc('day', clock_timestamp());

-- case: a function of the database that is volatile
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE FUNCTION answer() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 42; END $$;
-- migration:
ALTER TABLE t ADD COLUMN a int DEFAULT answer();

-- case: a function of which nothing is known
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a text DEFAULT ext.short_id();
