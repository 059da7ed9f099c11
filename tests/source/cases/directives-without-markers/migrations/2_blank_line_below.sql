-- migrate:lock-timeout 5s

SELECT 1;
SELECT 2;
