-- engine: postgres
-- version: 15

-- case: says nothing
-- migration: 20260301120000_update
SELECT 1;

-- case: no snake
-- migration: 20260301120000_AddPhone
SELECT 1;
