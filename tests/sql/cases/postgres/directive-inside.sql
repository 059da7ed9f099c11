SELECT 1;
CREATE TABLE t (
  -- migrate:allow x -- why
  a int);
