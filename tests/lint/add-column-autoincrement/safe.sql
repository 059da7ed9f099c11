-- engine: postgres
-- version: 15

-- case: identity on a column that is there
-- given:
CREATE TABLE t (id bigint NOT NULL);
-- migration:
ALTER TABLE t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- case: a column that is there already
-- given:
CREATE TABLE t (id bigserial);
-- migration:
ALTER TABLE t ADD COLUMN IF NOT EXISTS id bigserial;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN id bigserial;
