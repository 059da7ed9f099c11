-- engine: postgres

-- case: a policy later in the file
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
-- migration:
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (tenant_id = current_setting('app.tenant')::bigint);

-- case: one for each command
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, owner text);
-- migration:
CREATE POLICY r ON orders FOR SELECT USING (owner = current_user);
CREATE POLICY i ON orders FOR INSERT WITH CHECK (owner = current_user);
CREATE POLICY u ON orders FOR UPDATE USING (owner = current_user);
CREATE POLICY d ON orders FOR DELETE USING (owner = current_user);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: a table that nobody knows may have some
-- migration:
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: policies that are made at run time
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
-- migration:
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
DO $$ BEGIN EXECUTE format('CREATE POLICY own ON %I USING (tenant_id = 1)', 'orders'); END $$;

-- case: the last policy goes with row security
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON orders USING (tenant_id = 1);
-- migration:
DROP POLICY own ON orders;
ALTER TABLE orders DISABLE ROW LEVEL SECURITY;
