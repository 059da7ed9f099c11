-- engine: postgres
-- version: 15

-- case: a condition
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY, expires_at timestamptz);
-- migration:
DELETE FROM sessions WHERE expires_at < now();

-- case: made by this migration
-- migration:
CREATE TABLE staging (id bigint);
DELETE FROM staging;

-- case: small
-- rows: roles = 12
-- given:
CREATE TABLE roles (id bigint PRIMARY KEY);
-- migration:
DELETE FROM roles;

-- case: only explained
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY);
-- migration:
EXPLAIN DELETE FROM sessions;

-- case: MySQL, some rows in an order that is said
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY);
-- migration:
DELETE FROM sessions ORDER BY id LIMIT 100;

-- case: MySQL, those of a join
-- engine: mysql
-- version: 8.0.36
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY, user_id bigint);
CREATE TABLE gone (user_id bigint PRIMARY KEY);
-- migration:
DELETE s FROM sessions s JOIN gone g ON g.user_id = s.user_id;

-- case: in a function's body, which isn't executed
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY);
-- migration:
CREATE FUNCTION forget() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM sessions;
END $$;
