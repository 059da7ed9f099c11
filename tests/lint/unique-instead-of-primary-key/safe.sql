-- engine: postgres
-- version: 15

-- case: a primary key
-- migration:
CREATE TABLE a (code text PRIMARY KEY, name text NOT NULL UNIQUE);

-- case: a key with NULL
-- migration:
CREATE TABLE a (code text UNIQUE);
