-- engine: postgres

-- case: everything for everybody
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE POLICY open ON orders USING (true);

-- case: every row can be deleted
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE POLICY open ON orders FOR DELETE TO PUBLIC USING (true);

-- case: row security is off
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
-- migration:
CREATE POLICY own ON orders USING (tenant_id = 1);

-- case: and is turned off
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (tenant_id = 1);
-- migration:
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
