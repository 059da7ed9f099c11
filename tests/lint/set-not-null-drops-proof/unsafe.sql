-- engine: postgres
-- version: 15

-- case: in one statement
-- given:
CREATE TABLE t (a int, CONSTRAINT t_a_nn CHECK (a IS NOT NULL));
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL, DROP CONSTRAINT t_a_nn;

-- case: whatever the order
-- given:
CREATE TABLE t (a int, CONSTRAINT t_a_nn CHECK (a IS NOT NULL));
-- migration:
ALTER TABLE ONLY t DROP CONSTRAINT t_a_nn, ALTER COLUMN a SET NOT NULL;
