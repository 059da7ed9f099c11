-- engine: postgres
-- version: 15

-- case: constants
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a int DEFAULT 0;
ALTER TABLE t ADD COLUMN b text[] DEFAULT '{}'::text[];
ALTER TABLE t ADD COLUMN c int DEFAULT 60 * 60 NOT NULL;
ALTER TABLE t ADD COLUMN d jsonb DEFAULT jsonb_build_object('a', 1);

-- case: what is stable is computed once
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a timestamptz DEFAULT now();
ALTER TABLE t ADD COLUMN b timestamptz DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE t ADD COLUMN c date DEFAULT CURRENT_DATE;
ALTER TABLE t ADD COLUMN d text DEFAULT current_setting('timezone');
ALTER TABLE t ADD COLUMN e timestamptz DEFAULT to_timestamp(0);

-- case: a function of the database that is immutable
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE FUNCTION answer() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN 42; END $$;
-- migration:
ALTER TABLE t ADD COLUMN a int DEFAULT answer();

-- case: the safe way
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN token uuid;
ALTER TABLE t ALTER COLUMN token SET DEFAULT gen_random_uuid();

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY);
ALTER TABLE t ADD COLUMN token uuid DEFAULT gen_random_uuid();
