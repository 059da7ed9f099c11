-- engine: postgres

-- case: lower()
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX idx_users_email ON users (email);
-- migration:
CREATE VIEW some_user AS SELECT id FROM users WHERE lower(email) = 'a@b.c';

-- case: the year, in a function
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);
CREATE INDEX idx_orders_created_at ON orders (created_at);
-- migration:
CREATE FUNCTION orders_of_2025() RETURNS bigint LANGUAGE sql AS $$
SELECT count(*) FROM orders o WHERE extract(year FROM o.created_at) = 2025
$$;

-- case: a cast to a date
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz);
CREATE INDEX idx_orders_created_at ON orders (created_at);
-- migration:
CREATE VIEW today AS SELECT id FROM orders WHERE created_at::date = current_date;

-- case: on MySQL
-- engine: mysql
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, created_at datetime, KEY by_time (created_at));
-- migration:
CREATE VIEW orders_of_2025 AS SELECT id FROM orders WHERE YEAR(created_at) = 2025;

-- case: done once, on a large table
-- rows: users = 5000000
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX idx_users_email ON users (email);
-- migration:
DELETE FROM users WHERE lower(email) = 'a@b.c';
