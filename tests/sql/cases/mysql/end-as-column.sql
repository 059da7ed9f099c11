CREATE PROCEDURE p() BEGIN SELECT start, end FROM t; SELECT t.end, t.case FROM t; UPDATE t SET end = 1, t.begin = 2; SELECT CASE WHEN end > 1 THEN end ELSE -end END; END; SELECT 2;
