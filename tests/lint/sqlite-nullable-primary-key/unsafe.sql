-- engine: sqlite

-- case: not INTEGER
-- migration:
CREATE TABLE t (id INT PRIMARY KEY);

-- case: a text
-- migration:
CREATE TABLE t (id TEXT PRIMARY KEY);

-- case: several columns
-- migration:
CREATE TABLE t (x INT NOT NULL, y INTEGER, PRIMARY KEY (x, y));
