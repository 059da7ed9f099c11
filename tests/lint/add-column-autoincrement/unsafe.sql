-- engine: postgres
-- version: 15

-- case: identity
-- given:
CREATE TABLE t (a int);
-- migration:
ALTER TABLE t ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY;

-- case: serial, beside a change that costs nothing
-- given:
CREATE TABLE t (a int);
-- migration:
ALTER TABLE t ADD COLUMN b int DEFAULT 0, ADD COLUMN id bigserial;
