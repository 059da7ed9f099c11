-- engine: postgres
-- version: 15

-- case: a column
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN n int;

-- case: row security
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
