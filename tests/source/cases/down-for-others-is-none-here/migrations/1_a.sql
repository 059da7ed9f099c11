-- == UP ==
SELECT 1;
-- == DOWN postgres ==
SELECT 2;
