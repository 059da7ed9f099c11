-- engine: postgres

-- case: no index on what is searched by
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, last_order bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
UPDATE users SET last_order = (SELECT max(o.id) FROM orders o WHERE o.user_id = users.id);

-- case: very many rows, even with an index
-- rows: users = 5000000
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, last_order bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_user_id ON orders (user_id);
-- migration:
UPDATE users SET last_order = (SELECT max(o.id) FROM orders o WHERE o.user_id = users.id);

-- case: on MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, last_order bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
UPDATE users SET last_order = (SELECT max(o.id) FROM orders o WHERE o.user_id = users.id);
