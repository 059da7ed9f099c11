-- Migration: 20260301120000_add_phone.sql
-- Author: shop team
-- Ticket: SHOP-123
-- Risk: low
-- Rollback: drops the column
-- Estimated time: 2 s on 10 million rows
-- Requires: 20260101000000

-- ========== UP ==========
ALTER TABLE users ADD COLUMN phone varchar(20);

-- ========== DOWN ==========
ALTER TABLE users DROP COLUMN phone;

-- ========== VERIFY ==========
SELECT count(*) = 1 FROM information_schema.columns
 WHERE table_name = 'users' AND column_name = 'phone';
