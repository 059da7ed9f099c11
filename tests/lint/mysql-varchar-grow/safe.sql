-- engine: mysql
-- version: 8.0.36

-- case: within one byte
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(30)) CHARACTER SET utf8mb4;
-- migration:
ALTER TABLE t MODIFY name VARCHAR(63);

-- case: within two bytes
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(64)) CHARACTER SET utf8mb4;
-- migration:
ALTER TABLE t MODIFY name VARCHAR(500);

-- case: one byte a character
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(64)) CHARACTER SET latin1;
-- migration:
ALTER TABLE t MODIFY name VARCHAR(255);

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(50)) CHARACTER SET utf8mb4;
ALTER TABLE t MODIFY name VARCHAR(100);
