-- ===== UPP =====
SELECT 1;
-- ===== Dwon sqlite =====
SELECT 2;
-- ===== VERFIY =====
SELECT 3;
