-- == UP ==
-- migrate:statement
SELECT 1;
-- == DOWN ==
SELECT 2;
