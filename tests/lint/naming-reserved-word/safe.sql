-- engine: postgres
-- version: 15

-- case: names
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, name text, rank int, type text, key text, value text);

-- case: SQLite
-- engine: sqlite
-- migration:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, rank INTEGER);
