CREATE TABLE t (id bigint PRIMARY KEY, a int, b int NOT NULL DEFAULT 0, name varchar(50), note text, amount numeric(10,2), made timestamp, v varchar(10)[]);
CREATE VIEW v AS SELECT id, name FROM t WHERE a > 10;
-- measured:
ALTER TABLE t DROP COLUMN name;
