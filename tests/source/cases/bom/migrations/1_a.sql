-- Author: me
-- == UP ==
SELECT 1;
