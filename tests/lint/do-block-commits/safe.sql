-- engine: postgres
-- version: 15

-- case: without a transaction
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
-- migrate:no-transaction
DO $$ BEGIN UPDATE t SET a = 1 WHERE id < 1000; COMMIT; END $$;

-- case: no COMMIT
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
DO $$ BEGIN UPDATE t SET a = 1 WHERE id < 1000; END $$;

-- case: a procedure that nobody calls here
-- migration:
CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
