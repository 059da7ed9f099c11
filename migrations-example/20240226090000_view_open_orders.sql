-- Migration: 20240226090000_view_open_orders.sql
-- Author: shop team
-- Ticket: SHOP-30
-- Risk: low
-- Estimated time: at once, nothing is read
-- Requires: 20240219091500

-- Requires names what this one can't do without. Whatever order somebody asks for, this one is
-- refused where that one isn't applied.

-- ========== UP ==========
CREATE VIEW open_orders AS
SELECT o.id, o.placed_at, o.status, o.total_cents, c.name AS customer_name, c.email
  FROM orders o
  JOIN customers c ON c.id = o.customer_id
 WHERE o.status IN ('new', 'paid');

-- ========== DOWN ==========
DROP VIEW open_orders;

-- ========== VERIFY ==========
-- migrate:expect empty
SELECT id, placed_at, status, total_cents, customer_name, email FROM open_orders WHERE 1 = 0;
