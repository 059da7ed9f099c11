SELECT E'a' , 'b\';
SELECT E'a' /*
*/ 'b\';
SELECT 2;