-- engine: postgres
-- version: 15

-- case: in the next migration
-- given:
CREATE TABLE t (a int);
-- migration: 1_add
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- migration: 2_validate
ALTER TABLE t VALIDATE CONSTRAINT c;

-- case: in a later transaction of the same file
-- given:
CREATE TABLE t (a int);
-- migration:
BEGIN;
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
COMMIT;
BEGIN;
ALTER TABLE t VALIDATE CONSTRAINT c;
COMMIT;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT c;

-- case: another table is locked
-- given:
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
CREATE TABLE u (a int);
-- migration:
ALTER TABLE u ADD COLUMN b int;
ALTER TABLE t VALIDATE CONSTRAINT c;
