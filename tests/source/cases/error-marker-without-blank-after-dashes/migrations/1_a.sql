-- ===== UP =====
SELECT 1;
--===== DOWN =====
SELECT 2;
