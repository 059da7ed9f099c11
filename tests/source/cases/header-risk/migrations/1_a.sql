-- Risk: HIGH
-- == UP ==
SELECT 1;
