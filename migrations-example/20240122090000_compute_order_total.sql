-- Migration: 20240122090000_compute_order_total.sql
-- Author: shop team
-- Ticket: SHOP-14
-- Risk: low
-- Estimated time: at once, nothing is read

-- SQLite has no functions in SQL; a view does the same there.

-- ========== UP postgres ==========
CREATE FUNCTION order_total_cents(wanted_order_id bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(quantity * unit_price_cents), 0)::bigint
      FROM order_items
     WHERE order_id = wanted_order_id;
$$;

-- ========== UP mysql ==========
-- READS SQL DATA is what the binary log asks for; without it the server refuses the function.
CREATE FUNCTION order_total_cents(wanted_order_id bigint) RETURNS bigint
READS SQL DATA
RETURN (SELECT coalesce(sum(quantity * unit_price_cents), 0)
          FROM order_items
         WHERE order_id = wanted_order_id);

-- ========== UP sqlite ==========
CREATE VIEW order_totals AS
SELECT order_id, sum(quantity * unit_price_cents) AS total_cents
  FROM order_items
 GROUP BY order_id;

-- ========== DOWN postgres ==========
DROP FUNCTION order_total_cents(bigint);

-- ========== DOWN mysql ==========
DROP FUNCTION order_total_cents;

-- ========== DOWN sqlite ==========
DROP VIEW order_totals;

-- ========== VERIFY postgres mysql ==========
-- migrate:expect value 0
SELECT order_total_cents(-1);

-- ========== VERIFY sqlite ==========
-- migrate:expect empty
SELECT order_id, total_cents FROM order_totals WHERE order_id = -1;
