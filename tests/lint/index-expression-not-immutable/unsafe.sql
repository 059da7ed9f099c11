-- engine: postgres
-- version: 15

-- case: now() in WHERE
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, created_at timestamptz);
-- migration:
CREATE INDEX i ON orders (user_id) WHERE created_at > now() - interval '90 days';

-- case: what depends on the session
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, at timestamptz, name text, body text);
-- migration:
CREATE INDEX a ON t (date_trunc('day', at));
CREATE INDEX b ON t ((at::date));
CREATE INDEX c ON t ((name::date));
CREATE INDEX d ON t USING gin (to_tsvector(body));
CREATE INDEX e ON t (concat(name, body));

-- case: a function of one's own, a generated column
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, name text);
CREATE FUNCTION fold(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN lower($1); END';
-- migration:
CREATE INDEX i ON t (fold(name));
ALTER TABLE t ADD COLUMN at text GENERATED ALWAYS AS (name || current_user) STORED;
