-- Author: me

CREATE TABLE a (b int);
-- == UP ==
SELECT 1;
