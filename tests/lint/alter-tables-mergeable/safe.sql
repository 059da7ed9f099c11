-- engine: postgres
-- version: 15

-- case: one statement
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN a int, ADD COLUMN b int;

-- case: what can't be combined
-- given:
CREATE TABLE t (id bigint);
ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID;
-- migration: 1_rename
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE t RENAME COLUMN id TO key;
-- migration: 2_validate
ALTER TABLE t VALIDATE CONSTRAINT c;
ALTER TABLE t ADD COLUMN b int;

-- case: the second needs the first
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN token uuid;
ALTER TABLE t ALTER COLUMN token SET DEFAULT gen_random_uuid();

-- case: NOT NULL and its proof
-- given:
CREATE TABLE t (a int, CONSTRAINT c CHECK (a IS NOT NULL));
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t DROP CONSTRAINT c;

-- case: a weaker lock would become a strong one
-- given:
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint, p_id bigint);
-- migration:
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE t ADD FOREIGN KEY (p_id) REFERENCES p NOT VALID;

-- case: another statement between them
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN a int;
SELECT 1;
ALTER TABLE t ADD COLUMN b int;

-- case: two tables
-- given:
CREATE TABLE t (id bigint);
CREATE TABLE u (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE u ADD COLUMN a int;

-- case: MySQL: INSTANT would be lost
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (id bigint, n int);
-- migration:
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE t MODIFY n bigint;
