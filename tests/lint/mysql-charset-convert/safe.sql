-- engine: mysql
-- version: 8.0.36

-- case: of a table that this migration makes
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY);
ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4;

-- case: other options
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t COMMENT = 'x';
