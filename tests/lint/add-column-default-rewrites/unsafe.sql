-- engine: postgres
-- version: 10

-- case: a constant
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n int DEFAULT 0;
