-- Transaction: single
-- Transaction: none
-- == UP ==
SELECT 1;
