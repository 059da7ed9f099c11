-- engine: postgres
-- version: 15

-- case: made
-- given:
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE t (id bigint);
-- migration:
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();

-- case: switched and dropped, on a large table
-- rows: t = 5000000
-- given:
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE t (id bigint);
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- migration:
ALTER TABLE t DISABLE TRIGGER g;
DROP TRIGGER g ON t;

-- case: all of them
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t DISABLE TRIGGER ALL;
