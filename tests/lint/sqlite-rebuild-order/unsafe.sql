-- engine: sqlite

-- case: others follow
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
CREATE TABLE c (id INTEGER PRIMARY KEY, tid INTEGER REFERENCES t (id));
CREATE VIEW v AS SELECT a FROM t;
-- migration:
ALTER TABLE t RENAME TO t_old;
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
INSERT INTO t (id, a) SELECT id, a FROM t_old;
DROP TABLE t_old;

-- case: nobody is known to
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
-- migration:
ALTER TABLE t RENAME TO t_old;
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
INSERT INTO t (id, a) SELECT id, a FROM t_old;
DROP TABLE t_old;
