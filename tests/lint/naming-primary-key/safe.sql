-- engine: postgres
-- version: 15

-- case: id, or the table's
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (order_id bigint PRIMARY KEY);
CREATE TABLE years (year int PRIMARY KEY);
CREATE TABLE codes (code text PRIMARY KEY);

-- case: the parent's
-- migration:
CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users);
