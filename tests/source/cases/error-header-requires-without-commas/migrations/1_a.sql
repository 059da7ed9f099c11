-- Requires: 001 002
-- == UP ==
SELECT 1;
