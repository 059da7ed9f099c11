-- ===== UP =====
SELECT 1;
-- ===== DOWN
SELECT 2;
-- = VERIFY ==
SELECT 3;
