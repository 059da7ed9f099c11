-- engine: postgres
-- version: 15

-- case: an index of its own
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
CREATE INDEX idx_orders_user_id ON orders (user_id);

-- case: the key leads a longer index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, at date, user_id bigint REFERENCES users (id), UNIQUE (user_id, at));

-- case: a primary key, a hash index, one of what is not NULL
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE a (user_id bigint PRIMARY KEY REFERENCES users);
CREATE TABLE b (user_id bigint REFERENCES users);
CREATE INDEX i ON b USING hash (user_id);
CREATE TABLE c (user_id bigint REFERENCES users);
CREATE INDEX j ON c (user_id) WHERE user_id IS NOT NULL;

-- case: two columns in the other order
-- given:
CREATE TABLE users (org bigint, id bigint, PRIMARY KEY (org, id));
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, org bigint, user_id bigint, FOREIGN KEY (org, user_id) REFERENCES users (org, id));
CREATE INDEX i ON orders (user_id, org);

-- case: a lookup table
-- set: lookup-tables = users
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));

-- case: MySQL makes one
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, FOREIGN KEY (user_id) REFERENCES users (id));
