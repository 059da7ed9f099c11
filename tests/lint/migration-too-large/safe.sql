-- engine: postgres
-- version: 15

-- case: few
-- migration:
SELECT 1;

-- case: as many as may be
-- set: max-statements = 3
-- migration:
SELECT 1;
SELECT 2;
SELECT 3;
