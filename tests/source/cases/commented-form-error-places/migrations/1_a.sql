-- == UP ==
SELECT 1;
-- == DOWN ==
-- SELECT 1;
-- SELECT 'never closed;
