-- migrate: lock-timeout 5s
-- == UP ==
SELECT 1;
