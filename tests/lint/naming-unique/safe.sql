-- engine: postgres
-- version: 15

-- case: the table is in it
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT uq_users_email UNIQUE, n int UNIQUE);
CREATE UNIQUE INDEX users_n_key ON users (n);
