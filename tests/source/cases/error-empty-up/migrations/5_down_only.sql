-- Author: me

-- == DOWN ==
SELECT 1;
