-- TRANSACTION: None
-- == UP ==
SELECT 1;
