-- Risk: lowish
-- == UP ==
SELECT 1;
