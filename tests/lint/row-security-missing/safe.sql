-- engine: postgres

-- case: no table has row security
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, tenant_id bigint);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);

-- case: it comes later in the file
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;

-- case: rows of no tenant
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, tenant_id bigint);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
-- migration:
CREATE TABLE countries (id bigint PRIMARY KEY);
