-- engine: mysql
-- version: 8.0.36

-- case: a column
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a INT;

-- case: an index of ALTER TABLE
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD INDEX t_a (a) -- for the report
;

-- case: CREATE INDEX
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
CREATE INDEX t_a ON t (a);

-- case: MariaDB
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD INDEX t_a (a);
DROP INDEX t_a ON t;

-- case: MariaDB that has no INSTANT
-- engine: mariadb
-- version: 10.2.44
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t ADD INDEX t_a (a);

-- case: nothing is known of the table: what it allows is for a person to say
-- given:
CALL make_tables();
-- migration:
ALTER TABLE t ADD COLUMN a INT;
