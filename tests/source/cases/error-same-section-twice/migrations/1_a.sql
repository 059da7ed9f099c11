-- == UP ==
SELECT 1;
-- == UP ==
SELECT 2;
-- == DOWN sqlite mysql ==
SELECT 3;
-- == DOWN postgres mysql ==
SELECT 4;
