-- engine: postgres
-- version: 15

-- case: a constraint
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
ALTER TABLE orders ADD CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id);

-- case: a new column with a default
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN user_id bigint DEFAULT 1 REFERENCES users (id);

-- case: a partitioned table takes no NOT VALID before 18
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE events (user_id bigint, at date) PARTITION BY RANGE (at);
-- migration:
ALTER TABLE events ADD FOREIGN KEY (user_id) REFERENCES users (id);

-- case: a table that no migration made
-- given:
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (user_id bigint)', 'orders'); END $$;
-- migration:
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);
