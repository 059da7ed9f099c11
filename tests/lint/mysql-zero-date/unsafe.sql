-- engine: mysql

-- case: all zeros
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a DATE DEFAULT '0000-00-00', b DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00');

-- case: a day of zero, added
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a DATE DEFAULT '2020-01-00';

-- case: MariaDB takes it
-- engine: mariadb
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a DATE DEFAULT '0000-00-00');
