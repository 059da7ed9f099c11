-- engine: postgres
-- version: 15

-- case: a table in use
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
TRUNCATE orders;

-- case: with all that reference it, near and far
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
CREATE TABLE notes (line_id bigint REFERENCES lines);
-- migration:
TRUNCATE orders CASCADE;

-- case: referenced, so that it fails
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
-- migration:
TRUNCATE orders;

-- case: together with what references it
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);
-- migration:
TRUNCATE orders, lines;

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
TRUNCATE TABLE orders;

-- case: MySQL without its checks
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE order_lines (id bigint PRIMARY KEY, order_id bigint, FOREIGN KEY (order_id) REFERENCES orders (id));
-- migration:
SET foreign_key_checks = 0;
TRUNCATE TABLE orders;
SET foreign_key_checks = 1;

-- case: DOWN
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
-- ===== UP =====
SELECT 1;
-- ===== DOWN =====
TRUNCATE orders;
