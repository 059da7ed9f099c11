-- engine: postgres
-- version: 15

-- case: the primary key
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE t;
-- migration:
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- case: the index that is the identity
-- given:
CREATE TABLE t (code text NOT NULL);
CREATE UNIQUE INDEX i ON t (code);
ALTER TABLE t REPLICA IDENTITY USING INDEX i;
CREATE PUBLICATION p FOR ALL TABLES;
-- migration:
DROP INDEX CONCURRENTLY i;

-- case: whether it is published isn't known
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
DO $$ BEGIN EXECUTE format('CREATE PUBLICATION %I FOR TABLE t', 'p'); END $$;
-- migration:
ALTER TABLE t DROP COLUMN id;
