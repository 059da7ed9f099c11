-- Transaction: single
-- == UP ==
SELECT 1;
