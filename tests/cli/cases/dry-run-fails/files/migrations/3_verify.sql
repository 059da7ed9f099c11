-- ===== UP =====
CREATE TABLE items (id integer);
-- ===== VERIFY =====
SELECT count(*) = 1 FROM items;
