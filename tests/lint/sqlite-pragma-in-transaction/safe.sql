-- engine: sqlite

-- case: at the head
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
PRAGMA foreign_keys = OFF;
ALTER TABLE t ADD COLUMN a INT;

-- case: a question
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT;
PRAGMA foreign_key_check;

-- case: a setting that counts anywhere
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT;
PRAGMA user_version = 7;

-- case: alone
-- migration:
VACUUM;

-- case: put back at the end
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
PRAGMA foreign_keys = OFF;
DROP TABLE t;
PRAGMA foreign_keys = ON;
