-- engine: postgres
-- version: 15

-- case: it has none
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;

-- case: it was set to fill rows
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a int DEFAULT 0;
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;

-- case: NOT NULL, which has a rule of its own
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int NOT NULL DEFAULT 0);
-- migration:
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;

-- case: DOWN takes back what UP did
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
-- ===== UP =====
ALTER TABLE t ALTER COLUMN a SET DEFAULT 0;
-- ===== DOWN =====
ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
