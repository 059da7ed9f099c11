-- engine: mysql
-- version: 8.0.36

-- case: of the table
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT);
-- migration:
ALTER TABLE t ADD CONSTRAINT t_n CHECK (n > 0);

-- case: of a new column
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n INT CHECK (n > 0);

-- case: enforced later
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT, CONSTRAINT t_n CHECK (n > 0) NOT ENFORCED);
-- migration:
ALTER TABLE t ALTER CHECK t_n ENFORCED;

-- case: MariaDB
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT);
-- migration:
ALTER TABLE t ADD CHECK (n > 0);

-- case: writers go on
-- engine: mariadb
-- version: 11.4.2
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT);
-- migration:
ALTER TABLE t ADD CHECK (n > 0);
