-- == UP ==
-- MIGRATE:no-transaction
SELECT 1;
