-- engine: mysql

-- case: a new table
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY) ENGINE=MyISAM;

-- case: an old one
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ENGINE=MyISAM;

-- case: MariaDB
-- engine: mariadb
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY) ENGINE=Aria;
