-- == VERIFY ==
SELECT 3;
-- == DOWN ==
SELECT 2;
-- == UP ==
SELECT 1;
