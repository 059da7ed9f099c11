-- engine: postgres
-- version: 15

-- case: a wider number
-- given:
CREATE TABLE orders (id int PRIMARY KEY);
-- migration:
ALTER TABLE orders ALTER COLUMN id TYPE bigint;

-- case: an array
-- given:
CREATE TABLE t (a varchar(10)[]);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE varchar(20)[];

-- case: USING that computes
-- given:
CREATE TABLE t (a text);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE text USING trim(a);

-- case: another scale
-- given:
CREATE TABLE t (a numeric(10, 2));
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE numeric(12, 4);

-- case: a column of a migration's own in a table in use
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a int;
ALTER TABLE t ALTER COLUMN a TYPE bigint;

-- case: the present type isn't known
-- given:
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', 't'); END $$;
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE bigint;

-- case: MySQL
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (id int PRIMARY KEY, a int);
-- migration:
ALTER TABLE t MODIFY a bigint;
