-- engine: mysql
-- version: 8.0.36

-- case: an old table
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT);
-- migration:
ALTER TABLE c ADD FOREIGN KEY (pid) REFERENCES p (id);

-- case: a new parent makes it no cheaper
-- given:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT);
-- migration:
CREATE TABLE p (id BIGINT PRIMARY KEY);
ALTER TABLE c ADD CONSTRAINT c_p FOREIGN KEY (pid) REFERENCES p (id);

-- case: MariaDB's key of a column
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE c ADD COLUMN pid BIGINT REFERENCES p (id);

-- case: writers go on
-- engine: mariadb
-- version: 11.4.2
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT);
-- migration:
ALTER TABLE c ADD FOREIGN KEY (pid) REFERENCES p (id);
