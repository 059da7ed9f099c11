-- engine: postgres
-- version: 15

-- case: text that is written out
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE roles (id bigint)'; END $$;

-- case: in a function, which isn't executed
-- migration:
CREATE FUNCTION make(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'CREATE TABLE ' || quote_ident(name) || ' (id bigint)';
END $$;
