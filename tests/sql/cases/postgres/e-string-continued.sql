SELECT E'a'
'b\';c' ;
SELECT E'a' -- it's

 'b\';c';
SELECT 'a'
'b\';SELECT 'd';
