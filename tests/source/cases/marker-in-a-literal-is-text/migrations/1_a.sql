-- == UP ==
SELECT '
-- == DOWN ==
';
/*
-- == DOWN ==
*/
SELECT 2;
-- == DOWN ==
SELECT 3;
