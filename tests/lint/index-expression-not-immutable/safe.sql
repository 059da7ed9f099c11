-- engine: postgres
-- version: 15

-- case: what doesn't change
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, at timestamptz, day timestamp, name text, body text);
-- migration:
CREATE INDEX a ON t (lower(name));
CREATE INDEX b ON t (date_trunc('day', at AT TIME ZONE 'UTC'));
CREATE INDEX c ON t (date_trunc('day', day));
CREATE INDEX d ON t USING gin (to_tsvector('english', body));
CREATE INDEX e ON t (id) WHERE at > '2026-01-01'::timestamptz;
CREATE INDEX f ON t (to_timestamp(id));

-- case: a function that says so
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, name text);
CREATE FUNCTION fold(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN lower($1); END';
-- migration:
CREATE INDEX i ON t (fold(name));

-- case: a default may change
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY, at timestamptz DEFAULT now(), n int GENERATED ALWAYS AS (id + 1) STORED);
