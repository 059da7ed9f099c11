-- engine: postgres
-- version: 15

-- case: types that hold the same bytes
-- given:
CREATE TABLE t (a varchar(10), b varchar(10), c varchar(10), d numeric(10, 2), e cidr, f timestamp(3), g bit varying(4));
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE varchar(20);
ALTER TABLE t ALTER COLUMN b TYPE varchar;
ALTER TABLE t ALTER COLUMN c TYPE text;
ALTER TABLE t ALTER COLUMN d TYPE numeric(12, 2);
ALTER TABLE t ALTER COLUMN e TYPE inet;
ALTER TABLE t ALTER COLUMN f TYPE timestamp(6);
ALTER TABLE t ALTER COLUMN g TYPE bit varying(8);

-- case: USING that is the same cast
-- given:
CREATE TABLE t (a varchar(10));
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE text USING a::text;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (a int);
ALTER TABLE t ALTER COLUMN a TYPE bigint;

-- case: a new column
-- given:
CREATE TABLE orders (id int PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN id_big bigint;

-- case: the time zone has a rule of its own
-- given:
CREATE TABLE t (at timestamp);
-- migration:
ALTER TABLE t ALTER COLUMN at TYPE timestamptz;

-- case: MySQL: the type stays
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (id int PRIMARY KEY, a int);
-- migration:
ALTER TABLE t MODIFY a int DEFAULT 3;
