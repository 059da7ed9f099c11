-- engine: postgres
-- version: 15

-- case: numbers and texts
-- given:
CREATE TABLE t (a bigint, b varchar(100), c text, d numeric(10, 2), e double precision, f timestamp);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE int;
ALTER TABLE t ALTER COLUMN b TYPE varchar(50);
ALTER TABLE t ALTER COLUMN c TYPE varchar(8);
ALTER TABLE t ALTER COLUMN d TYPE numeric(10, 4);
ALTER TABLE t ALTER COLUMN e TYPE real;
ALTER TABLE t ALTER COLUMN f TYPE timestamp(0);

-- case: MySQL: a sign and an enum's value
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (state enum('open', 'done', 'late'), n int);
-- migration:
ALTER TABLE t MODIFY n int unsigned;
ALTER TABLE t MODIFY state enum('open', 'done');
