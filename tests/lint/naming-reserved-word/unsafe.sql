-- engine: postgres
-- version: 15

-- case: PostgreSQL
-- migration:
CREATE TABLE "order" (id bigint PRIMARY KEY, "user" text, "end" date);

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE `groups` (id bigint PRIMARY KEY, `rank` int, `key` text);

-- case: SQLite
-- engine: sqlite
-- migration:
CREATE TABLE "order" (id INTEGER PRIMARY KEY, "group" TEXT);
