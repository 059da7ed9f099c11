-- == UP ==
-- migrate:no-transaction please
SELECT 1;
-- migrate:lock-timeout
SELECT 2;
-- migrate:lock-timeout soon
SELECT 3;
-- migrate:statement-timeout 5 fortnights
SELECT 4;
-- migrate:allow
SELECT 5;
-- migrate:allow some-rule
SELECT 6;
-- migrate:allow some-rule --
SELECT 7;
-- migrate:allow -- reason
SELECT 8;
-- migrate:allow a b -- reason
SELECT 9;
-- migrate:needs
SELECT 10;
-- migrate:lock-timeout 1s
-- migrate:lock-timeout 2s
SELECT 11;
-- == VERIFY ==
-- migrate:expect
SELECT 12;
