SELECT 1;
CREATE TABLE t (a int, b (int;
SELECT 2;
