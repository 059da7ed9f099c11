-- ===== UP =====
SELECT '
  -- ===== DOWN =====
';
/*
  -- ===== DOWN =====
*/
SELECT 2;
