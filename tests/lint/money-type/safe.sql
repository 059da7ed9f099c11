-- engine: postgres
-- version: 15

-- case: numeric
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12,2), money text);

-- case: a type of that name elsewhere
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, total shop.money);
