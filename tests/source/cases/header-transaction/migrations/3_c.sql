-- Transaction: none
-- migrate:no-transaction

SELECT 1;
