-- Requires: none
-- == UP ==
SELECT 1;
