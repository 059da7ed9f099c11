-- engine: postgres
-- version: 15

-- case: NOT NULL already
-- given:
CREATE TABLE t (code text NOT NULL);
CREATE UNIQUE INDEX i ON t (code);
-- migration:
ALTER TABLE t ADD PRIMARY KEY USING INDEX i;

-- case: a valid CHECK proves it
-- given:
CREATE TABLE t (code text, CONSTRAINT t_code CHECK (code IS NOT NULL));
CREATE UNIQUE INDEX i ON t (code);
-- migration:
ALTER TABLE t ADD PRIMARY KEY USING INDEX i;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (code text);
CREATE UNIQUE INDEX i ON t (code);
ALTER TABLE t ADD PRIMARY KEY USING INDEX i;
