-- migrate:expect empty
-- migrate:backfill
-- == UP ==
-- migrate:expect empty
SELECT 1;
-- == DOWN ==
SELECT 1;
-- migrate:lock-timeout 1s
-- == VERIFY ==
-- migrate:backfill table=x
SELECT 2;
-- migrate:expect empty
