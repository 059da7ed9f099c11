-- Migration: 20240105091000_add_first_products.sql
-- Author: shop team
-- Ticket: SHOP-2
-- Risk: low
-- Estimated time: at once, three rows

-- Rows that the program can't do without belong into a migration; those of a demonstration don't.

-- ========== UP ==========
INSERT INTO products (sku, name, price_cents, stock) VALUES
    ('MUG-BLUE', 'Mug; blue, 300 ml', 1250, 40),
    ('MUG-RED', 'Mug; red, 300 ml', 1250, 25),
    ('VOUCHER-20', 'Voucher -- 20 euros', 2000, 1000000);

-- ========== DOWN ==========
DELETE FROM products WHERE sku IN ('MUG-BLUE', 'MUG-RED', 'VOUCHER-20');

-- ========== VERIFY ==========
-- Four ways to say what must come. The first is "true", which need not be said: the first row's
-- first column is neither NULL, false, 0 nor empty.
SELECT count(*) = 3 FROM products WHERE sku IN ('MUG-BLUE', 'MUG-RED', 'VOUCHER-20');

-- migrate:expect rows 3
SELECT sku FROM products WHERE sku IN ('MUG-BLUE', 'MUG-RED', 'VOUCHER-20');

-- migrate:expect value Voucher -- 20 euros
SELECT name FROM products WHERE sku = 'VOUCHER-20';

-- migrate:expect >= 3
SELECT count(*) FROM products;
