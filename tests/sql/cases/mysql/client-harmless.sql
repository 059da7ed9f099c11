warnings
nowarning
SELECT 1;
pager less
SELECT 2;
