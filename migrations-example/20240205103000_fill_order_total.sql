-- Migration: 20240205103000_fill_order_total.sql
-- Author: shop team
-- Ticket: SHOP-21
-- Risk: medium
-- Estimated time: 40 s on 1 million orders, whose rows stay locked meanwhile

-- A change of data has a file of its own, apart from changes of the schema: it takes longer, and
-- would hold their locks until it is done. It can be repeated, since it asks for what is not done.

-- ========== UP postgres mysql ==========
-- migrate:statement-timeout 10min
UPDATE orders SET total_cents = order_total_cents(id) WHERE total_cents IS NULL;

-- ========== UP sqlite ==========
UPDATE orders
   SET total_cents = coalesce((SELECT total_cents FROM order_totals WHERE order_id = orders.id), 0)
 WHERE total_cents IS NULL;

-- ========== DOWN ==========
-- The totals are computed from the items: nothing is lost.
UPDATE orders SET total_cents = NULL WHERE total_cents IS NOT NULL;

-- ========== VERIFY postgres mysql ==========
-- A row that is wrong is shown, so let the query return some that can be looked at.
-- migrate:expect empty
SELECT id, total_cents, order_total_cents(id) AS should_be FROM orders
 WHERE total_cents <> order_total_cents(id) LIMIT 5;

-- ========== VERIFY sqlite ==========
-- migrate:expect empty
SELECT o.id, o.total_cents, t.total_cents AS should_be
  FROM orders o
  JOIN order_totals t ON t.order_id = o.id
 WHERE o.total_cents <> t.total_cents LIMIT 5;
