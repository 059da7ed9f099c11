-- engine: postgres

-- case: an index on the expression
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX idx_users_email ON users (email);
CREATE INDEX idx_users_email_lower ON users (lower(email));
-- migration:
CREATE FUNCTION find_user(wanted text) RETURNS bigint LANGUAGE sql AS $$
SELECT u.id FROM users u WHERE lower(u.email) = 'a@b.c'
$$;

-- case: a range of the column itself
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);
CREATE INDEX idx_orders_created_at ON orders (created_at);
-- migration:
CREATE VIEW orders_of_2025 AS
SELECT id FROM orders WHERE created_at >= '2025-01-01' AND created_at < '2026-01-01';

-- case: no index would help anyway
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE VIEW some_user AS SELECT id FROM users WHERE lower(email) = 'a@b.c';

-- case: a cast between types of text
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(100));
CREATE INDEX idx_users_email ON users (email);
-- migration:
CREATE VIEW some_user AS SELECT id FROM users WHERE email::text = 'a@b.c';

-- case: done once
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX idx_users_email ON users (email);
-- migration:
DELETE FROM users WHERE lower(email) = 'a@b.c';

-- case: two columns
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);
CREATE INDEX idx_users_email ON users (email);
-- migration:
CREATE VIEW some_user AS SELECT id FROM users WHERE concat(email, name) = 'a@b.cd';
