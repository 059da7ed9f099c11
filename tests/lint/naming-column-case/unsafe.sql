-- engine: postgres
-- version: 15

-- case: SQLite
-- engine: sqlite
-- migration:
CREATE TABLE users (id INTEGER PRIMARY KEY, firstName TEXT);

-- case: a new one
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN firstName text;
