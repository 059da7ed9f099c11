SELECT 1 -- the last
/* really */
