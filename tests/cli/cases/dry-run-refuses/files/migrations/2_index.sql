-- ===== UP postgres =====
CREATE INDEX CONCURRENTLY orders_total ON orders (total);
-- ===== UP =====
CREATE INDEX orders_total ON orders (total);
