-- engine: mysql
-- version: 8.0.36

-- case: it has one
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY);

-- case: it gets one
-- migration:
CREATE TABLE t (id BIGINT);
ALTER TABLE t ADD PRIMARY KEY (id);

-- case: a unique key of what is NOT NULL stands in for it
-- migration:
CREATE TABLE t (a BIGINT NOT NULL, b BIGINT NOT NULL, UNIQUE KEY (a, b));

-- case: a temporary one, and one that goes again
-- migration:
CREATE TEMPORARY TABLE t (id BIGINT);
CREATE TABLE u (id BIGINT);
DROP TABLE u;
