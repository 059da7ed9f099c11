-- == UP ==
ALTER TABLE users ADD COLUMN normalized_email text;

-- migrate:backfill users_normalized_email table=users
UPDATE users SET normalized_email = lower(email) WHERE :batch;
-- migrate:check
SELECT count(*) FROM users WHERE :batch;
-- migrate:needs users_phone
SELECT 1;
