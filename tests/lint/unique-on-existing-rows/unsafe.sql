-- engine: postgres
-- version: 15

-- case: an index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE UNIQUE INDEX CONCURRENTLY i ON users (email);

-- case: constraints
-- given:
CREATE TABLE users (id bigint, email text, name text);
-- migration:
ALTER TABLE users ADD PRIMARY KEY (id), ADD CONSTRAINT one UNIQUE (email, name);

-- case: what is unique in part isn't unique
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE UNIQUE INDEX p ON users (email) WHERE id > 100;
-- migration:
CREATE UNIQUE INDEX i ON users (email);

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(20));
-- migration:
ALTER TABLE users ADD UNIQUE KEY i (email);

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
-- migration:
CREATE UNIQUE INDEX i ON users (email);
