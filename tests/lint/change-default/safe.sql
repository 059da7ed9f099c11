-- engine: postgres
-- version: 15

-- case: the same
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int DEFAULT 0);
-- migration:
ALTER TABLE t ALTER COLUMN a SET DEFAULT (0);

-- case: the first one, a constant
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t ALTER COLUMN a SET DEFAULT 0;

-- case: of a new column
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a int DEFAULT 0;
ALTER TABLE t ALTER COLUMN a SET DEFAULT 1;

-- case: DOWN takes back what UP did
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
-- ===== UP =====
ALTER TABLE t ALTER COLUMN a SET DEFAULT 0;
-- ===== DOWN =====
ALTER TABLE t ALTER COLUMN a SET DEFAULT 1;
