-- engine: postgres
-- version: 15

-- case: its columns are named
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW v AS SELECT id, (SELECT count(*) FROM t) AS n FROM (SELECT * FROM t) AS inner_t;

-- case: in the place of a table that got another name
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t RENAME TO t_2;
CREATE VIEW t AS SELECT * FROM t_2;

-- case: SQLite, which looks at the table each time
-- engine: sqlite
-- given:
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- migration:
CREATE VIEW v AS SELECT * FROM t;
