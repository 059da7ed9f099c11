-- engine: postgres

-- case: a function
-- migration:
CREATE FUNCTION close_order(id bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
AS 'UPDATE orders SET closed = true WHERE orders.id = close_order.id';

-- case: in another schema
-- migration:
CREATE SCHEMA app;
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.touched := now();
  RETURN NEW;
END
$$ SECURITY DEFINER;

-- case: made so later
-- given:
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- migration:
ALTER FUNCTION one() SECURITY DEFINER;

-- case: a view of a table with row security
-- version: 15
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE VIEW order_ids AS SELECT id FROM orders;
