-- engine: postgres
-- version: 15

-- case: two, told once
-- migration:
SET search_path = app;
SET timezone = 'UTC';

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- migration:
SET time_zone = '+00:00';

-- case: SQLite
-- engine: sqlite
-- migration:
PRAGMA recursive_triggers = ON;
