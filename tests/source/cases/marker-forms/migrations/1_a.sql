--   ==  up  ====	 
SELECT 1;
-- ===== Down =====
SELECT 2;
--	==verify==
SELECT 3;
