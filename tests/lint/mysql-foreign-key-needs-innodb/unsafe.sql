-- engine: mysql
-- version: 8.0.36

-- case: MyISAM
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT, FOREIGN KEY (pid) REFERENCES p (id)) ENGINE=MyISAM;

-- case: partitions
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, FOREIGN KEY (id) REFERENCES p (id)) PARTITION BY HASH (id) PARTITIONS 4;

-- case: added
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT) ENGINE=Aria;
-- migration:
ALTER TABLE c ADD FOREIGN KEY (pid) REFERENCES p (id);
