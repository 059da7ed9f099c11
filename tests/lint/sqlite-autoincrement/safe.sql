-- engine: sqlite

-- case: it counts by itself
-- migration:
CREATE TABLE t (id INTEGER PRIMARY KEY);
