CREATE TABLE t (id bigint PRIMARY KEY, a int, b int NOT NULL DEFAULT 0, name varchar(50), note text, amount numeric(10,2), made timestamp, v varchar(10)[]);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1 + 1 $$;
-- measured:
ALTER TABLE t ADD COLUMN x int DEFAULT f();
