-- engine: postgres
-- version: 15

-- case: it isn't
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, email text, CONSTRAINT email_unique UNIQUE (email));
CREATE UNIQUE INDEX u ON users (id, email);

-- case: strict
-- set: naming = strict
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);
