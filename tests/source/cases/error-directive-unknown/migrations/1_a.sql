-- migrate:no-transactions
-- == UP ==
-- migrate:lock-timout 5s
SELECT 1;
-- migrate:frobnicate
SELECT 2;
