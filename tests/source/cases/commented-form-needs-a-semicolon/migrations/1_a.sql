-- == UP ==
SELECT 1;
-- == DOWN ==
-- There is no way back
-- from here.
