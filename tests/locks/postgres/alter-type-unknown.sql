-- incomplete
-- measured:
ALTER TABLE t ALTER COLUMN x TYPE bigint;
