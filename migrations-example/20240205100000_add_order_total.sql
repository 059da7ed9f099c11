-- Migration: 20240205100000_add_order_total.sql
-- Author: shop team
-- Ticket: SHOP-21
-- Risk: low
-- Estimated time: at once, no row is touched

-- A new column in five steps, each of which a running shop doesn't notice:
--   20240205100000 expand    the column, which may be NULL: "not computed yet"
--   20240205101500 follow    triggers keep it right for whatever is ordered from now on
--   20240205103000 fill      the old rows
--   20240219090000 require   no new NULL
--   20240219091500 validate  no old one either, and from here on it is NOT NULL

-- ========== UP postgres ==========
-- Adding the column with its default would give the old rows a total of 0, which is wrong; so the
-- default comes after it, and is for new rows only.
ALTER TABLE orders ADD COLUMN total_cents bigint;
ALTER TABLE orders ALTER COLUMN total_cents SET DEFAULT 0;

-- ========== UP mysql ==========
ALTER TABLE orders ADD COLUMN total_cents bigint, ALGORITHM = INSTANT;
ALTER TABLE orders ALTER COLUMN total_cents SET DEFAULT 0;

-- ========== UP sqlite ==========
ALTER TABLE orders ADD COLUMN total_cents integer;

-- ========== DOWN ==========
ALTER TABLE orders DROP COLUMN total_cents;

-- ========== VERIFY ==========
-- migrate:expect empty
SELECT total_cents FROM orders WHERE 1 = 0;
