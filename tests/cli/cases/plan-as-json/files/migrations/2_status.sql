-- Ticket: SHOP-7
-- ===== UP =====
CREATE TABLE items (id integer NOT NULL, order_id integer);
ALTER TABLE orders ADD COLUMN status varchar(20) DEFAULT 'new';
CREATE INDEX orders_total ON orders (total);
UPDATE orders SET status = 'old' WHERE total > 0;
-- ===== VERIFY =====
SELECT count(*) = 0 FROM orders WHERE status IS NULL;
