CREATE TABLE t (id bigint PRIMARY KEY, a int, b int NOT NULL DEFAULT 0, name varchar(50), note text, amount numeric(10,2), made timestamp, v varchar(10)[]);
ALTER TABLE t ADD COLUMN x int GENERATED ALWAYS AS (a * 2) STORED;
-- measured:
ALTER TABLE t ALTER COLUMN x SET EXPRESSION AS (a * 3);
