-- engine: postgres
-- version: 15

-- case: a big one
-- migration:
CREATE TABLE orders (id bigserial PRIMARY KEY);

-- case: one that is no key
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, number bigserial NOT NULL);
