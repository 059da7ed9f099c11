-- engine: sqlite

-- case: children are emptied
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p (id) ON DELETE CASCADE);
-- migration:
DROP TABLE p;

-- case: references go
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p (id) ON DELETE SET NULL);
-- migration:
PRAGMA foreign_keys = ON;
DROP TABLE p;

-- case: it fails, if they are on
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p (id));
CREATE TABLE d (id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p (id));
-- migration:
DROP TABLE p;

-- case: a rebuild
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY, a INT);
CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p (id) ON DELETE CASCADE);
-- migration:
CREATE TABLE p_new (id INTEGER PRIMARY KEY, a TEXT);
INSERT INTO p_new (id, a) SELECT id, a FROM p;
DROP TABLE p;
ALTER TABLE p_new RENAME TO p;
