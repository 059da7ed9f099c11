-- engine: postgres
-- version: 15

-- case: it isn't
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint CONSTRAINT k REFERENCES users);

-- case: MySQL: as the server does
-- engine: mysql
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, CONSTRAINT orders_ibfk_1 FOREIGN KEY (user_id) REFERENCES users (id));
