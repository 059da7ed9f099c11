-- engine: postgres
-- version: 15

-- case: a table in use
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY);
-- migration:
DROP TABLE sessions;

-- case: two, of which one has rows
-- rows: sessions = 1200
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY);
CREATE TABLE visits (id bigint PRIMARY KEY);
-- migration:
DROP TABLE IF EXISTS sessions, visits CASCADE;

-- case: empty, but referenced
-- rows: sessions = 0
-- given:
CREATE TABLE sessions (id bigint PRIMARY KEY);
CREATE TABLE visits (id bigint PRIMARY KEY, session_id bigint REFERENCES sessions);
-- migration:
DROP TABLE sessions CASCADE;

-- case: a table that isn't known
-- migration:
DROP TABLE pg_elsewhere;

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE sessions (id INTEGER PRIMARY KEY);
-- migration:
DROP TABLE sessions;
