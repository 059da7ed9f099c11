-- == UP ==
-- migrate:No-Transaction
--migrate:LOCK-TIMEOUT 500ms
SELECT 1;
