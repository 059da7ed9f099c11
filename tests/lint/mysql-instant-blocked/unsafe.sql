-- engine: mysql
-- version: 8.0.36

-- case: an index in the same ALTER
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT, ADD INDEX t_a (a);

-- case: FULLTEXT
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, body TEXT, FULLTEXT KEY (body));
-- migration:
ALTER TABLE t ADD COLUMN a INT;

-- case: COMPRESSED
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY) ROW_FORMAT=COMPRESSED;
-- migration:
ALTER TABLE t ADD COLUMN a INT;

-- case: the column is in an index
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT, KEY t_a (a));
-- migration:
ALTER TABLE t DROP COLUMN a;

-- case: an older server
-- version: 8.0.20
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD COLUMN b INT AFTER id;
ALTER TABLE t DROP COLUMN a;

-- case: FULLTEXT on MariaDB
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, body TEXT, FULLTEXT KEY (body));
-- migration:
ALTER TABLE t ADD COLUMN a INT;
