-- engine: postgres
-- version: 15

-- case: PostgreSQL
-- migration:
DROP DATABASE shop;

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- migration:
DROP DATABASE IF EXISTS shop;

-- case: MySQL's other word for it
-- engine: mysql
-- version: 8.0.36
-- migration:
DROP SCHEMA shop;

-- case: DOWN, too
-- engine: mariadb
-- migration:
-- ===== UP =====
CREATE DATABASE shop;
-- ===== DOWN =====
DROP DATABASE shop;
