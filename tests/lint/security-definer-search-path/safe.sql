-- engine: postgres

-- case: it says where it looks
-- migration:
CREATE FUNCTION close_order(id bigint) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = public, pg_temp
AS 'UPDATE public.orders SET closed = true WHERE orders.id = close_order.id';

-- case: its caller's rights
-- migration:
CREATE FUNCTION close_order(id bigint) RETURNS void LANGUAGE sql
AS 'UPDATE orders SET closed = true WHERE orders.id = close_order.id';

-- case: said later in the file
-- migration:
CREATE FUNCTION close_all() RETURNS void LANGUAGE sql SECURITY DEFINER
AS 'UPDATE orders SET closed = true WHERE id = 5';
ALTER FUNCTION close_all() SET search_path = public, pg_temp;

-- case: a view that asks with its reader's rights
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE VIEW order_ids WITH (security_invoker = true) AS SELECT id FROM orders;

-- case: a view before PostgreSQL 15 has no choice
-- version: 14
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE VIEW order_ids AS SELECT id FROM orders;
