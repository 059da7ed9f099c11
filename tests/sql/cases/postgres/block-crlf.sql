-- migrate:statement
SELECT 1;
  -- migrate:end  
SELECT 3;
