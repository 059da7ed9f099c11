-- engine: mysql
-- version: 8.0.36

-- case: a width
-- migration:
CREATE TABLE t (id BIGINT(20) UNSIGNED NOT NULL PRIMARY KEY, a INT(11));

-- case: ZEROFILL, and digits of a float
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT(5) ZEROFILL, b FLOAT(7,4));
