-- engine: postgres
-- version: 15

-- case: a CHECK
-- migration:
CREATE DOMAIN qty AS int CHECK (VALUE > 0);

-- case: NOT NULL
-- migration:
CREATE DOMAIN label AS text NOT NULL;
