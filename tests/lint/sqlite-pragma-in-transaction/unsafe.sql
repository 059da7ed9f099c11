-- engine: sqlite

-- case: behind a statement, where the runner ends the transaction
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT;
PRAGMA foreign_keys = OFF;
DROP TABLE t;

-- case: in a transaction of the file
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
BEGIN;
PRAGMA foreign_keys = OFF;
DROP TABLE t;
COMMIT;

-- case: journal and VACUUM
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
BEGIN;
PRAGMA journal_mode = WAL;
VACUUM;
COMMIT;
