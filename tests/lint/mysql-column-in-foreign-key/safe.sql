-- engine: mysql
-- version: 8.0.36

-- case: no key has it
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY, n INT);
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT, CONSTRAINT c_p FOREIGN KEY (pid) REFERENCES p (id));
-- migration:
ALTER TABLE p DROP COLUMN n;

-- case: the key goes, too
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT, CONSTRAINT c_p FOREIGN KEY (pid) REFERENCES p (id));
-- migration:
ALTER TABLE c DROP FOREIGN KEY c_p, DROP COLUMN pid;

-- case: MariaDB renames what a CHECK names
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT, CONSTRAINT t_n CHECK (n > 0));
-- migration:
ALTER TABLE t RENAME COLUMN n TO m;

-- case: the type stays
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT, CONSTRAINT c_p FOREIGN KEY (pid) REFERENCES p (id));
-- migration:
ALTER TABLE c MODIFY pid BIGINT NOT NULL;
