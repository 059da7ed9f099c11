-- Migration: 20240219091500_validate_order_total.sql
-- Author: shop team
-- Ticket: SHOP-24
-- Risk: low
-- Estimated time: 5 s on 10 million rows, reads and writes go on

-- On PostgreSQL only. Where no section is for an engine there is nothing to do on it, and the
-- migration counts as applied.

-- ========== UP postgres ==========
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_cents_set;

-- A valid CHECK is proof enough for SET NOT NULL: the table isn't read again.
ALTER TABLE orders ALTER COLUMN total_cents SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_total_cents_set;

-- ========== DOWN postgres ==========
ALTER TABLE orders
    ADD CONSTRAINT orders_total_cents_set CHECK (total_cents IS NOT NULL) NOT VALID;
ALTER TABLE orders ALTER COLUMN total_cents DROP NOT NULL;

-- ========== VERIFY postgres ==========
SELECT attnotnull FROM pg_attribute
 WHERE attrelid = 'orders'::regclass AND attname = 'total_cents';
