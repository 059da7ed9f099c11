-- migrate:no-transaction
VACUUM;
--  migrate:expect empty
SELECT 1;
-- migrate:end-of-it
