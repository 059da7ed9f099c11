SELECT 1;
  -- migrate:statement
SELECT 2;
-- migrate:ends
