-- Author: me
-- migrate:no-transaction
-- migrate:lock-timeout 5s
-- migrate:allow some-rule -- reason
-- migrate:needs fill_phone

-- == UP ==
SELECT 1;
-- migrate:lock-timeout 1s
SELECT 2;
-- == DOWN ==
SELECT 3;
-- == VERIFY ==
SELECT 4;
