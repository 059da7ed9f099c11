SELECT 1 -- it's;
;--x;
SELECT 2--3;
;