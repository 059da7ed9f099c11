-- Transaction: single
-- migrate:no-transaction
-- == UP ==
SELECT 1;
