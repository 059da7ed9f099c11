-- engine: postgres

-- case: a join
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, last_order bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
UPDATE users SET last_order = o.last
FROM (SELECT user_id, max(id) AS last FROM orders GROUP BY user_id) o WHERE o.user_id = users.id;

-- case: an index finds the rows
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, last_order bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX idx_orders_user_id ON orders (user_id);
-- migration:
UPDATE users SET last_order = (SELECT max(o.id) FROM orders o WHERE o.user_id = users.id);

-- case: the subquery is the same for all rows
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, last_order bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
UPDATE users SET last_order = (SELECT max(id) FROM orders WHERE user_id = 5);

-- case: one row
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, last_order bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
UPDATE users SET last_order = (SELECT max(o.id) FROM orders o WHERE o.user_id = users.id)
WHERE id = 5;

-- case: a small table
-- rows: users = 10
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, last_order bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
UPDATE users SET last_order = (SELECT max(o.id) FROM orders o WHERE o.user_id = users.id);
