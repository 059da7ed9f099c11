-- == UP postgres ==
SELECT 'never closed;
-- == UP sqlite mysql ==
SELECT 1;
-- == DOWN ==
SELECT 2;
