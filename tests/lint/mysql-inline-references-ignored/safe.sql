-- engine: mysql
-- version: 8.0.36

-- case: as an item of its own
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT, FOREIGN KEY (pid) REFERENCES p (id));

-- case: MySQL that keeps it
-- version: 9.0.1
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT REFERENCES p (id));

-- case: MariaDB that keeps it
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT REFERENCES p (id));
