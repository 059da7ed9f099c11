-- engine: mysql
-- version: 8.0.36

-- case: with the table
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a TEXT DEFAULT 'x', b JSON DEFAULT '{}');

-- case: added, to a server without expressions
-- version: 5.7.44
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a BLOB DEFAULT 'x';
