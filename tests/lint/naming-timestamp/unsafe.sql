-- engine: postgres
-- version: 15

-- case: an instant
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, created timestamptz, last_login timestamptz);

-- case: a date
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, created_at date);
