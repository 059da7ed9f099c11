-- engine: postgres
-- version: 15

-- case: it is dropped
-- given:
CREATE TABLE t (id int PRIMARY KEY);
CREATE TABLE u (id int PRIMARY KEY, t_id int REFERENCES t);
-- migration:
ALTER TABLE t DROP CONSTRAINT t_pkey CASCADE;

-- case: it is replaced
-- given:
CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL);
-- migration:
ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY (code);

-- case: it gets another type
-- given:
CREATE TABLE t (id int PRIMARY KEY);
-- migration:
ALTER TABLE t ALTER COLUMN id TYPE bigint;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE t (id int PRIMARY KEY, code varchar(10) NOT NULL);
CREATE TABLE u (id int PRIMARY KEY);
-- migration:
ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, code);
ALTER TABLE u MODIFY id int unsigned NOT NULL;
