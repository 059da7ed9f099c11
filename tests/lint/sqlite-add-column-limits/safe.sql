-- engine: sqlite

-- case: constants
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a TEXT;
ALTER TABLE t ADD COLUMN b TEXT NOT NULL DEFAULT '';
ALTER TABLE t ADD COLUMN c INT DEFAULT -1;
ALTER TABLE t ADD COLUMN d INT AS (id + 1) VIRTUAL;
ALTER TABLE t ADD COLUMN e INT DEFAULT NULL REFERENCES t (id);

-- case: an expression, in a table that this migration makes
-- migration:
CREATE TABLE t (id INTEGER PRIMARY KEY);
ALTER TABLE t ADD COLUMN at TEXT DEFAULT CURRENT_TIMESTAMP;

-- case: keys are off
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
PRAGMA foreign_keys = OFF;
ALTER TABLE t ADD COLUMN e INT DEFAULT 1 REFERENCES t (id);
