-- a commentSELECT 1;
SELECT 2 -- b;SELECT 3;