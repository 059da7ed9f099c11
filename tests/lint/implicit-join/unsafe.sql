-- engine: postgres

-- case: a comma
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE VIEW owners AS SELECT u.id FROM orders o, users u WHERE u.id = o.user_id;

-- case: a comma, and no condition
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE VIEW owners AS SELECT u.id FROM orders o, users u;

-- case: MySQL's JOIN without ON, in rows to be copied
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE TABLE pairs (user_id bigint, order_id bigint);
-- migration:
INSERT INTO pairs (user_id, order_id) SELECT u.id, o.id FROM users u JOIN orders o;
