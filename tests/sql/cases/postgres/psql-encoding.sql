\encoding latin1
SELECT 1;
