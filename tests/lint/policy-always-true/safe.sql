-- engine: postgres

-- case: a condition
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE POLICY own ON orders USING (tenant_id = current_setting('app.tenant')::bigint);

-- case: all may read
-- given:
CREATE TABLE products (id bigint PRIMARY KEY);
ALTER TABLE products ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE POLICY everybody ON products FOR SELECT USING (true);

-- case: a role of whoever runs the service
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE POLICY support ON orders TO support USING (true);

-- case: row security comes later in the file
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
-- migration:
CREATE POLICY own ON orders USING (tenant_id = 1);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: a table that nobody knows
-- migration:
CREATE POLICY own ON orders USING (tenant_id = 1);
