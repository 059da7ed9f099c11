-- engine: postgres
-- version: 11

-- case: alone
-- given:
CREATE TYPE status AS ENUM ('open');
-- migration:
ALTER TYPE status ADD VALUE 'done';

-- case: a newer server
-- version: 12
-- given:
CREATE TYPE status AS ENUM ('open');
-- migration:
BEGIN;
ALTER TYPE status ADD VALUE 'done';
COMMIT;
