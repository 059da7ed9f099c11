-- migrate:statement
-- migrate:lock-timeout 1s
SELECT 1; SELECT 2;
-- migrate:end
-- migrate:statement
-- migrate:end
SELECT 3;
