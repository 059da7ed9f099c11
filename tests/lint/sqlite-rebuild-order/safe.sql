-- engine: sqlite

-- case: the right order
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
-- migration:
CREATE TABLE t_new (id INTEGER PRIMARY KEY, a TEXT);
INSERT INTO t_new (id, a) SELECT id, a FROM t;
DROP TABLE t;
ALTER TABLE t_new RENAME TO t;

-- case: a name that becomes free for something else entirely, in a later migration
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
-- migration: 1_a
ALTER TABLE t RENAME TO archive;
-- migration: 2_b
CREATE TABLE t (id INTEGER PRIMARY KEY);

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id INTEGER PRIMARY KEY);
ALTER TABLE t RENAME TO u;
CREATE TABLE t (id INTEGER PRIMARY KEY);
