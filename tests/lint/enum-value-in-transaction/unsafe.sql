-- engine: postgres
-- version: 11

-- case: in the file's own transaction
-- given:
CREATE TYPE status AS ENUM ('open');
-- migration:
BEGIN;
ALTER TYPE status ADD VALUE 'done';
COMMIT;

-- case: the runner takes it out
-- given:
CREATE TYPE status AS ENUM ('open');
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY);
ALTER TYPE status ADD VALUE 'done';
