-- engine: postgres
-- version: 18

-- case: a constraint that isn't valid yet
-- given:
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT t_a_nn NOT NULL a NOT VALID;
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
