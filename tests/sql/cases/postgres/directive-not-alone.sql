SELECT 1; -- migrate:no-transaction
SELECT 2; /* migrate:x */
/* c */ -- migrate:y
# migrate
SELECT 3;