-- engine: postgres
-- version: 15

-- case: a domain without constraints
-- migration:
CREATE DOMAIN qty AS int DEFAULT 1;

-- case: a CHECK on the column
-- migration:
CREATE TABLE t (qty int CHECK (qty > 0));
