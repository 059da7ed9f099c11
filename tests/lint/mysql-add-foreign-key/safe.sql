-- engine: mysql
-- version: 8.0.36

-- case: with the table
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT, FOREIGN KEY (pid) REFERENCES p (id));

-- case: a table that this migration makes
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT);
ALTER TABLE c ADD FOREIGN KEY (pid) REFERENCES p (id);

-- case: nothing is tested, which another rule says
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT);
-- migration:
SET foreign_key_checks = 0;
ALTER TABLE c ADD FOREIGN KEY (pid) REFERENCES p (id);
