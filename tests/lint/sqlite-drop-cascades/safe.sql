-- engine: sqlite

-- case: keys are off
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p (id) ON DELETE CASCADE);
-- migration:
PRAGMA foreign_keys = OFF;
DROP TABLE p;

-- case: nothing references it
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY);
CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p (id) ON DELETE CASCADE);
-- migration:
DROP TABLE c;

-- case: only itself
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY, up INTEGER REFERENCES p (id));
-- migration:
DROP TABLE p;

-- case: children that this migration makes
-- given:
CREATE TABLE p (id INTEGER PRIMARY KEY);
-- migration:
CREATE TABLE c (id INTEGER PRIMARY KEY, pid INTEGER REFERENCES p (id) ON DELETE CASCADE);
DROP TABLE p;
