CREATE TABLE t (id bigint PRIMARY KEY, a int, b int NOT NULL DEFAULT 0, name varchar(50), note text, amount numeric(10,2), made timestamp, v varchar(10)[]);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
-- measured:
CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
