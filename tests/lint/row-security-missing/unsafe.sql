-- engine: postgres

-- case: others have it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);

-- case: a new column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN tenant_id bigint;

-- case: it is turned off
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
-- migration:
ALTER TABLE users DISABLE ROW LEVEL SECURITY;
