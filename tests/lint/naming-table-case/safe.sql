-- engine: postgres
-- version: 15

-- case: snake_case
-- migration:
CREATE TABLE order_items (id bigint PRIMARY KEY);
CREATE TABLE _jobs (id bigint PRIMARY KEY);

-- case: folded by the server
-- migration:
CREATE TABLE Orders (id bigint PRIMARY KEY);
