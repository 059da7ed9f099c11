-- migrate:backfill x table=a
UPDATE a SET b = 1;
-- migrate:check
SELECT count(*) FROM a;
