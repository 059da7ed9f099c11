-- ===== UP =====
CREATE INDEX orders_id ON orders (id);
-- migrate:allow add-index-non-concurrent -- at night, when nobody writes
CREATE INDEX orders_total ON orders (total);
-- ===== DOWN =====
DROP TABLE orders;
