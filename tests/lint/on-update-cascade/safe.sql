-- engine: postgres
-- version: 15

-- case: not said
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE CASCADE ON UPDATE RESTRICT);
