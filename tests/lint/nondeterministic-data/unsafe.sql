-- engine: mysql
-- version: 8.0.36

-- case: a value of chance
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, token char(36));
-- migration:
UPDATE users SET token = UUID() WHERE token IS NULL;

-- case: in values
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, token char(36));
-- migration:
INSERT INTO users (id, token) VALUES (1, uuid());

-- case: rows of chance
-- engine: mariadb
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, token char(36));
CREATE TABLE winners (id bigint PRIMARY KEY);
-- migration:
INSERT INTO winners (id) SELECT id FROM users ORDER BY rand() LIMIT 5;

-- case: some rows or other
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, token char(36));
-- migration:
DELETE FROM users WHERE token IS NULL LIMIT 100;
