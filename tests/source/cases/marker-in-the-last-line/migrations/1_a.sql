-- == UP ==
SELECT 1;
-- == DOWN ==