-- engine: postgres
-- version: 15

-- case: of a column
-- migration:
CREATE TABLE a (code text NOT NULL UNIQUE);

-- case: of two
-- migration:
CREATE TABLE a (x int NOT NULL, y int NOT NULL, UNIQUE (x, y));
