-- engine: mysql
-- version: 8.0.36

-- case: with the table
-- migration:
CREATE TABLE t (id BIGINT, PRIMARY KEY (id));

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id BIGINT);
ALTER TABLE t ADD PRIMARY KEY (id);

-- case: another key
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT);
-- migration:
ALTER TABLE t ADD UNIQUE KEY t_n (n);
