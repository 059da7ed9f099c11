SELECT 1;
SELECT 'é' ||
  'it''s;
SELECT 2;
