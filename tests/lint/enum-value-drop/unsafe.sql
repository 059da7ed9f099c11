-- engine: postgres
-- version: 15

-- case: a value is to go
-- given:
CREATE TYPE status AS ENUM ('open', 'done');
-- migration:
ALTER TYPE status DROP VALUE 'done';
