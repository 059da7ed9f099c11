-- == UP postgres ==
CREATE EXTENSION citext;
-- == DOWN ==
DROP EXTENSION citext;
-- == VERIFY ==
SELECT 1;
