-- engine: postgres
-- version: 15

-- case: the session's zone is said
-- given:
CREATE TABLE t (at timestamp);
-- migration:
SET LOCAL timezone = 'UTC';
ALTER TABLE t ALTER COLUMN at TYPE timestamptz;

-- case: the zone is in the expression, which change-column-type speaks about
-- given:
CREATE TABLE t (at timestamp);
-- migration:
ALTER TABLE t ALTER COLUMN at TYPE timestamptz USING at AT TIME ZONE 'Europe/Oslo';

-- case: the same kind of timestamp
-- given:
CREATE TABLE t (at timestamp(3));
-- migration:
ALTER TABLE t ALTER COLUMN at TYPE timestamp;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (at timestamp);
ALTER TABLE t ALTER COLUMN at TYPE timestamptz;
