-- Migration: 20240129160000_index_orders_placed_at.sql
-- Author: shop team
-- Ticket: SHOP-17
-- Risk: low
-- Estimated time: 20 s on 10 million rows, reads and writes go on

-- PostgreSQL builds an index without blocking writes only outside a transaction. `migrate` knows
-- that. The index has a file of its own nevertheless: if it fails, nothing else is half done.

-- ========== UP postgres ==========
CREATE INDEX CONCURRENTLY orders_placed_at_idx ON orders (placed_at);

-- ========== UP mysql ==========
-- With LOCK=NONE the server refuses, rather than block writes, where it can't do without.
ALTER TABLE orders ADD INDEX orders_placed_at_idx (placed_at), ALGORITHM = INPLACE, LOCK = NONE;

-- ========== UP sqlite ==========
CREATE INDEX orders_placed_at_idx ON orders (placed_at);

-- ========== DOWN postgres ==========
DROP INDEX CONCURRENTLY orders_placed_at_idx;

-- ========== DOWN mysql ==========
ALTER TABLE orders DROP INDEX orders_placed_at_idx, ALGORITHM = INPLACE, LOCK = NONE;

-- ========== DOWN sqlite ==========
DROP INDEX orders_placed_at_idx;

-- ========== VERIFY postgres ==========
-- A build that failed half way leaves an index that is there but not valid.
SELECT indisvalid FROM pg_index WHERE indexrelid = 'orders_placed_at_idx'::regclass;

-- ========== VERIFY mysql ==========
SELECT count(*) = 1 FROM information_schema.statistics
 WHERE table_schema = database() AND table_name = 'orders' AND index_name = 'orders_placed_at_idx';

-- ========== VERIFY sqlite ==========
SELECT count(*) = 1 FROM sqlite_master WHERE type = 'index' AND name = 'orders_placed_at_idx';
