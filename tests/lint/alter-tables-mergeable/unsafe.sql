-- engine: postgres
-- version: 15

-- case: two columns
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE t ADD COLUMN b int;

-- case: two scans
-- given:
CREATE TABLE t (a int, b int);
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t ALTER COLUMN b SET NOT NULL;

-- case: MySQL: two copies
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (id bigint, n int, m int);
-- migration:
ALTER TABLE t MODIFY n bigint;
ALTER TABLE t MODIFY m bigint;

-- case: MySQL: two indexes
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (id bigint, n int, m int);
-- migration:
ALTER TABLE t ADD INDEX i (n);
ALTER TABLE t ADD INDEX j (m);
