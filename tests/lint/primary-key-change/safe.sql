-- engine: postgres
-- version: 15

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id int PRIMARY KEY);
ALTER TABLE t DROP CONSTRAINT t_pkey;
ALTER TABLE t ADD PRIMARY KEY (id);

-- case: another column's type, another constraint
-- given:
CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE bigint, DROP CONSTRAINT t_a_key;

-- case: the same type, and a longer one
-- engine: mysql
-- given:
CREATE TABLE t (id bigint unsigned, code varchar(10), PRIMARY KEY (id, code));
-- migration:
ALTER TABLE t MODIFY id bigint unsigned NOT NULL COMMENT 'number', MODIFY code varchar(20) NOT NULL;
