-- engine: mysql

-- case: no width, and the one that means something
-- migration:
CREATE TABLE t (id BIGINT UNSIGNED PRIMARY KEY, a INT, b TINYINT(1), c DECIMAL(7,4), d VARCHAR(11));

-- case: a server to which it isn't news
-- version: 5.7.44
-- migration:
CREATE TABLE t (id INT(11) PRIMARY KEY);
