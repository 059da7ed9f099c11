-- engine: postgres
-- version: 15

-- case: none of it
-- migration:
CREATE TABLE t (id int);

-- case: one transaction round the section
-- migration:
BEGIN;
CREATE TABLE t (id int);
COMMIT;

-- case: two, one after the other
-- migration:
BEGIN;
CREATE TABLE t (id int);
COMMIT;
BEGIN;
CREATE TABLE u (id int);
COMMIT;

-- case: a savepoint in the runner's transaction
-- migration:
SAVEPOINT s;
CREATE TABLE t (id int);
RELEASE s;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE t (id int);
-- migration:
START TRANSACTION;
INSERT INTO t VALUES (1);
COMMIT;

-- case: a program's BEGIN is none
-- migration:
DO $$ BEGIN PERFORM 1; END $$;
