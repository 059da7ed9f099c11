-- engine: mysql
-- version: 8.0.36

-- case: dropped, on either side
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY, k INT NOT NULL UNIQUE);
CREATE TABLE c (id BIGINT PRIMARY KEY, pk INT, CONSTRAINT c_p FOREIGN KEY (pk) REFERENCES p (k));
-- migration:
ALTER TABLE c DROP COLUMN pk;
ALTER TABLE p DROP COLUMN k;

-- case: another type
-- given:
CREATE TABLE p (id INT PRIMARY KEY);
CREATE TABLE c (id BIGINT PRIMARY KEY, pid INT, CONSTRAINT c_p FOREIGN KEY (pid) REFERENCES p (id));
-- migration:
ALTER TABLE c MODIFY pid BIGINT;
ALTER TABLE p MODIFY id BIGINT NOT NULL;

-- case: another name
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT, CONSTRAINT t_n CHECK (n > 0));
-- migration:
ALTER TABLE t RENAME COLUMN n TO m;

-- case: another name by CHANGE
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, n INT, CONSTRAINT t_n CHECK (n > 0));
-- migration:
ALTER TABLE t CHANGE n m INT;
