SELECT 1;
-- migrate:lock-timeout 1s
SELECT 2;
