-- engine: sqlite

-- case: the rowid, and NOT NULL
-- migration:
CREATE TABLE a (id INTEGER PRIMARY KEY);
CREATE TABLE b (id TEXT NOT NULL PRIMARY KEY);
CREATE TABLE c (x INT NOT NULL, y INT NOT NULL, PRIMARY KEY (x, y));
CREATE TABLE d (id INTEGER, PRIMARY KEY (id));

-- case: tables that accept no NULL there
-- migration:
CREATE TABLE a (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE b (id TEXT PRIMARY KEY) STRICT;
