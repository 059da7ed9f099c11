-- engine: postgres
-- version: 15

-- case: snake_case
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, first_name text, address_line_2 text);
