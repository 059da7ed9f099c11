-- engine: sqlite

-- case: refused whatever is in it
-- given:
CREATE TABLE t (id INTEGER);
-- migration:
ALTER TABLE t ADD COLUMN k INTEGER PRIMARY KEY;
ALTER TABLE t ADD COLUMN u TEXT UNIQUE;

-- case: refused if there are rows
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN at TEXT DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE t ADD COLUMN n INT DEFAULT (1 + 1);
ALTER TABLE t ADD COLUMN s INT AS (id + 1) STORED;

-- case: there are rows
-- rows: t = 7
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN at TEXT DEFAULT CURRENT_TIMESTAMP;

-- case: a reference
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
PRAGMA foreign_keys = ON;
ALTER TABLE t ADD COLUMN p INT DEFAULT 1 REFERENCES t (id);
