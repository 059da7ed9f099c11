-- == UP oracle ==
SELECT 1;
-- == DOWN postgress ==
SELECT 2;
