-- ===== UP =====
SELECT 1;
-- ===== Rollback =====
DROP TABLE a;
