-- Migration: 20240105090500_create_products.sql
-- Author: shop team
-- Ticket: SHOP-1
-- Risk: low
-- Estimated time: at once, the table is new

-- DOWN and VERIFY are written as comments here, so that the file can also be given to psql, mariadb
-- or sqlite3 as it is, which would run DOWN right after UP. `migrate` reads what the dashes hide.

-- ========== UP ==========
-- Money is counted in cents: a floating-point number can't hold 0.10.
CREATE TABLE products (
    sku         varchar(40)  NOT NULL,
    name        varchar(200) NOT NULL,
    price_cents bigint       NOT NULL,
    stock       integer      DEFAULT 0 NOT NULL,
    CONSTRAINT products_pkey PRIMARY KEY (sku),
    CONSTRAINT products_price_cents_check CHECK (price_cents >= 0),
    CONSTRAINT products_stock_check CHECK (stock >= 0)
);

-- ========== DOWN ==========
-- DROP TABLE products;

-- ========== VERIFY ==========
-- migrate:expect empty
-- SELECT sku, name, price_cents, stock FROM products WHERE 1 = 0;
-- migrate:expect value 0
-- SELECT count(*) FROM products WHERE stock < 0;
