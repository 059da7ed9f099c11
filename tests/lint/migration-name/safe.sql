-- engine: postgres
-- version: 15

-- case: what it does
-- migration: 20260301120000_add_phone_to_users
SELECT 1;

-- case: numbers in it
-- migration: 7_users_v2
SELECT 1;
