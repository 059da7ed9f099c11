-- engine: postgres
-- version: 15

-- case: UNIQUE over two columns
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, CONSTRAINT one UNIQUE (a, b));
-- migration:
ALTER TABLE t DROP COLUMN b;

-- case: an index, a CHECK and a foreign key
-- given:
CREATE TABLE p (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, CONSTRAINT c CHECK (a > b),
    CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES p (x, y));
CREATE INDEX i ON t (a, b);
-- migration:
ALTER TABLE t DROP COLUMN b;

-- case: INCLUDE and a predicate
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c timestamptz);
CREATE INDEX i ON t (a) INCLUDE (b);
CREATE INDEX j ON t (a) WHERE c IS NULL;
-- migration:
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t DROP COLUMN c;

-- case: the primary key
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t DROP COLUMN id;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t DROP COLUMN id;
