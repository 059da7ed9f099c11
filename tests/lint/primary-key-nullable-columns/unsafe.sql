-- engine: postgres
-- version: 15

-- case: a nullable column
-- given:
CREATE TABLE t (code text, tenant int NOT NULL);
CREATE UNIQUE INDEX i ON t (tenant, code);
-- migration:
ALTER TABLE t ADD PRIMARY KEY USING INDEX i;

-- case: a CHECK that isn't valid proves nothing
-- given:
CREATE TABLE t (code text);
ALTER TABLE t ADD CONSTRAINT t_code CHECK (code IS NOT NULL) NOT VALID;
CREATE UNIQUE INDEX i ON t (code);
-- migration:
ALTER TABLE t ADD PRIMARY KEY USING INDEX i;

-- case: before 12 no CHECK is looked at
-- version: 11
-- given:
CREATE TABLE t (code text, CONSTRAINT t_code CHECK (code IS NOT NULL));
CREATE UNIQUE INDEX i ON t (code);
-- migration:
ALTER TABLE t ADD PRIMARY KEY USING INDEX i;

-- case: a table that no migration made
-- given:
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (code text)', 't'); END $$;
-- migration:
ALTER TABLE t ADD PRIMARY KEY USING INDEX i;
