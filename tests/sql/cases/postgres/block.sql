-- migrate:no-transaction
-- migrate:statement
-- why
CREATE FUNCTION weird ' ( ; $$
  ;
;
-- migrate:end
SELECT 2;
