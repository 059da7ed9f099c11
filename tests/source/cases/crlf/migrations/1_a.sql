-- Author: me
-- Risk: low
-- migrate:lock-timeout 5s

-- == UP ==
SELECT 'a
b';
-- migrate:no-transaction
SELECT 2;
-- == DOWN ==
-- SELECT 3;
