-- engine: postgres

-- case: no policy
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
-- migration:
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: a new table, too
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: the last policy is dropped
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (tenant_id = 1);
-- migration:
DROP POLICY own ON orders;

-- case: commands that no policy is for
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
-- migration:
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders FOR SELECT USING (tenant_id = 1);
CREATE POLICY new ON orders FOR INSERT WITH CHECK (tenant_id = 1);
