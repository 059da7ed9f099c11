-- ===== Users and their phones =====
-- =====================
-- ===== UP =====
-- ===== Users =====
CREATE TABLE users (id int);
-- ===== UI =====
-- ===== Town planning =====
-- a == b
-- ==
-- == up to date
-- ===========
CREATE TABLE towns (id int);
