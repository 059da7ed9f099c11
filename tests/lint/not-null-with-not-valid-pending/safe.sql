-- engine: postgres
-- version: 18

-- case: validated
-- given:
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT t_a_nn NOT NULL a NOT VALID;
-- migration:
ALTER TABLE t VALIDATE CONSTRAINT t_a_nn;

-- case: valid already
-- given:
CREATE TABLE t (a int CONSTRAINT t_a_nn NOT NULL);
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT t_a_nn NOT NULL a NOT VALID;
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
