-- engine: postgres
-- version: 15

-- case: it may be NULL already
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;

-- case: DOWN takes back what UP did
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
-- ===== UP =====
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
-- ===== DOWN =====
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY, a int NOT NULL);
ALTER TABLE t ALTER COLUMN a DROP NOT NULL;

-- case: MODIFY that leaves it as it is
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int NOT NULL, b int);
-- migration:
ALTER TABLE t MODIFY a bigint NOT NULL, MODIFY b bigint;
