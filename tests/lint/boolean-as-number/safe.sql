-- engine: postgres
-- version: 15

-- case: boolean
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, is_open boolean NOT NULL, island int, has_more_count int);

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, is_open tinyint(1), is_shut tinyint);

-- case: SQLite
-- engine: sqlite
-- migration:
CREATE TABLE a (id INTEGER PRIMARY KEY, is_open INTEGER NOT NULL);
