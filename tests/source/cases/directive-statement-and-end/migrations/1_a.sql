-- == UP ==
-- migrate:no-transaction
-- migrate:statement
CREATE THING a;
  AND b;
-- migrate:end
SELECT 2;
