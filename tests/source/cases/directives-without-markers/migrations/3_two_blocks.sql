
-- Author: me
-- migrate:lock-timeout 5s

-- Ticket: 7
-- migrate:lock-timeout 1s
SELECT 1;
SELECT 2;
