-- Author: shop team
-- Risk: low
-- ===== UP =====
CREATE TABLE orders (id integer NOT NULL, total integer, CONSTRAINT orders_pkey PRIMARY KEY (id));
