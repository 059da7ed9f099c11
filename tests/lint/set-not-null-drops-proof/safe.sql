-- engine: postgres
-- version: 15

-- case: two statements
-- given:
CREATE TABLE t (a int, CONSTRAINT t_a_nn CHECK (a IS NOT NULL));
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t DROP CONSTRAINT t_a_nn;

-- case: another CHECK goes
-- given:
CREATE TABLE t (a int, CONSTRAINT t_a_nn CHECK (a IS NOT NULL), CONSTRAINT other CHECK (a > 0));
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL, DROP CONSTRAINT other;

-- case: a second proof stays
-- given:
CREATE TABLE t (a int, CONSTRAINT t_a_nn CHECK (a IS NOT NULL), CONSTRAINT other CHECK (a IS NOT NULL AND a > 0));
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL, DROP CONSTRAINT t_a_nn;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (a int, CONSTRAINT t_a_nn CHECK (a IS NOT NULL));
ALTER TABLE t ALTER COLUMN a SET NOT NULL, DROP CONSTRAINT t_a_nn;
