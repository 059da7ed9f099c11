-- Author: me
-- Transaction: sometimes
-- == UP ==
SELECT 1;
