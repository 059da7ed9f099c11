-- engine: mysql

-- case: a server that keeps it
-- version: 8.0.16
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT CHECK (n > 0));

-- case: one whose version isn't known
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT CHECK (n > 0));

-- case: no check
-- version: 5.7.44
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT);
