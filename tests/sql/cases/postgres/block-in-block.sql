-- migrate:statement
-- migrate:statement
SELECT 1;
-- migrate:end
