-- engine: postgres
-- version: 15

-- case: ids
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, code text UNIQUE);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users, user_id bigint REFERENCES users, author_id bigint REFERENCES users (id), created_by bigint REFERENCES users, user_code text REFERENCES users (code));
