-- engine: postgres
-- version: 15

-- case: what is about this column alone
-- given:
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, a int UNIQUE CHECK (a > 0), b bigint REFERENCES p);
CREATE INDEX i ON t (b);
-- migration:
ALTER TABLE t DROP COLUMN a, DROP COLUMN b;

-- case: all columns of the index go
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);
CREATE INDEX i ON t (a, b);
-- migration:
ALTER TABLE t DROP COLUMN a, DROP COLUMN b;

-- case: the index is gone already
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);
CREATE INDEX i ON t (a, b);
-- migration:
DROP INDEX i;
ALTER TABLE t DROP COLUMN b;

-- case: DOWN takes back what UP did
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
-- ===== UP =====
ALTER TABLE t ADD COLUMN b int;
CREATE UNIQUE INDEX i ON t (a, b);
-- ===== DOWN =====
ALTER TABLE t DROP COLUMN b;

-- case: MySQL takes the column out of the index, which is another rule's
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, KEY i (a, b));
-- migration:
ALTER TABLE t DROP COLUMN b;
