-- version: 5.7.44
SELECT rank, row_number, system, lateral, cube FROM t;
WITH a AS (SELECT 1) SELECT * FROM a;
SELECT row_number() OVER (ORDER BY a) FROM t;
SELECT a->>'$.x' FROM t;
SELECT /*!80000 b, */ /*!50700 c, */ a FROM t;
SELECT a FROM t FOR UPDATE;
