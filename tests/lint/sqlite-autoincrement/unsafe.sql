-- engine: sqlite

-- case: AUTOINCREMENT
-- migration:
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
