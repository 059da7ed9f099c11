-- engine: postgres
-- version: 15

-- case: the index was built before
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE UNIQUE INDEX uq_users_email ON users (email);
-- migration:
ALTER TABLE users ADD CONSTRAINT uq_users_email UNIQUE USING INDEX uq_users_email;

-- case: a table that this migration makes
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
ALTER TABLE users ADD UNIQUE (email);

-- case: a column that is there already
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
-- migration:
ALTER TABLE users ADD COLUMN IF NOT EXISTS email text UNIQUE;
