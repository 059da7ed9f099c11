-- engine: postgres
-- version: 15

-- case: a DO block
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
DO $$ BEGIN CREATE INDEX CONCURRENTLY i ON t (a); END $$;

-- case: a function
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    REINDEX TABLE CONCURRENTLY t;
END $$;

-- case: the runner splits the file round it
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t ADD COLUMN b int;
CREATE INDEX CONCURRENTLY i ON t (b);

-- case: a partition that is detached
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- migration:
ALTER TABLE logs DETACH PARTITION logs_2020 CONCURRENTLY;
DROP TABLE logs_2020;
