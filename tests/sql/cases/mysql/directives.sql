-- migrate:lock-timeout 5s
ALTER TABLE t ADD a int;
# migrate:not-one
-- migrate:allow x -- why; so
DELIMITER //
SELECT 1//
-- migrate:last
