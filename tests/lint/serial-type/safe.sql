-- engine: postgres
-- version: 15

-- case: identity
-- migration:
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);

-- case: a server without identity columns
-- version: 9.6
-- migration:
CREATE TABLE orders (id bigserial PRIMARY KEY);
