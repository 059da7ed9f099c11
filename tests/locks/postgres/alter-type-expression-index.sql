CREATE TABLE t (id bigint PRIMARY KEY, a int, b int NOT NULL DEFAULT 0, name varchar(50), note text, amount numeric(10,2), made timestamp, v varchar(10)[]);
CREATE INDEX t_l ON t (lower(name));
-- measured:
ALTER TABLE t ALTER COLUMN name TYPE text;
