-- ===== UP =====
CREATE TABLE items (id integer);
INSERT INTO nowhere VALUES (1);
