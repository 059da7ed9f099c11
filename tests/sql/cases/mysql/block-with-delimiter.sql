DELIMITER //
-- migrate:statement
SELECT 1; SELECT 2//
-- migrate:end
SELECT 3//
