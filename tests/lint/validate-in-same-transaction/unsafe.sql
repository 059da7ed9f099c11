-- engine: postgres
-- version: 15

-- case: the constraint that was added just before
-- given:
CREATE TABLE t (a int);
-- migration:
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT c;

-- case: after any other change of the table
-- given:
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- migration:
ALTER TABLE t ADD COLUMN b int;
ALTER TABLE t VALIDATE CONSTRAINT c;

-- case: a foreign key
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE t (a bigint);
-- migration:
ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES users NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT c;

-- case: in one statement
-- given:
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
-- migration:
ALTER TABLE t ADD COLUMN b int, VALIDATE CONSTRAINT c;
