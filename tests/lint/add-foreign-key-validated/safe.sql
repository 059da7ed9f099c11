-- engine: postgres
-- version: 15

-- case: NOT VALID
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
ALTER TABLE orders ADD CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;

-- case: not enforced
-- version: 18
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT ENFORCED;

-- case: a new column without default is all NULL
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN user_id bigint REFERENCES users (id);
ALTER TABLE orders ADD COLUMN other_id bigint DEFAULT NULL REFERENCES users (id);

-- case: a table that this migration makes
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);
