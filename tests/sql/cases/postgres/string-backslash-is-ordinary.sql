SELECT 'C:\';
SELECT 'a\\';
SELECT 'x';
