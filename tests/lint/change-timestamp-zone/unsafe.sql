-- engine: postgres
-- version: 15

-- case: whatever zone is set
-- given:
CREATE TABLE t (at timestamp);
-- migration:
ALTER TABLE t ALTER COLUMN at TYPE timestamptz;

-- case: back again, in a zone of its own
-- given:
CREATE TABLE t (at timestamptz);
-- migration:
SET LOCAL timezone = 'Europe/Oslo';
ALTER TABLE t ALTER COLUMN at TYPE timestamp;

-- case: before 12 it is a rewrite in any zone
-- version: 11
-- given:
CREATE TABLE t (at timestamp);
-- migration:
SET LOCAL timezone = 'UTC';
ALTER TABLE t ALTER COLUMN at TYPE timestamptz;
