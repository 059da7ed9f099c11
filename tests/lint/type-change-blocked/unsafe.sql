-- engine: postgres
-- version: 15

-- case: a view
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE VIEW v AS SELECT id, email FROM users;
-- migration:
ALTER TABLE users ALTER COLUMN email TYPE varchar(320);

-- case: a generated column and a policy
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text,
    domain text GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED);
CREATE POLICY own ON users USING (email = current_user);
-- migration:
ALTER TABLE users ALTER COLUMN email TYPE varchar(320);

-- case: a trigger's list of columns
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER trg BEFORE UPDATE OF email ON users FOR EACH ROW EXECUTE FUNCTION f();
-- migration:
ALTER TABLE users ALTER COLUMN email TYPE varchar(320);
