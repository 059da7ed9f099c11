-- engine: postgres
-- version: 15

-- case: a schema, which has a rule of its own
-- migration:
DROP SCHEMA billing;

-- case: only explained in a comment
-- migration:
-- DROP DATABASE shop;
SELECT 1;
