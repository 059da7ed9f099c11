-- Author: me
-- == UP ==

-- nothing yet
-- == DOWN ==
SELECT 1;
