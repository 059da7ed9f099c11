-- before
SELECT /* in; side */ 1 -- behind;
/* far behind */;
-- after
SELECT 2;