-- engine: postgres
-- version: 15

-- case: other columns, another order
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c int, d int, email text UNIQUE, name text);
CREATE INDEX i_ab ON t (a, b);
-- migration:
CREATE INDEX i1 ON t (b);
CREATE INDEX i2 ON t (c, a);

-- case: another method, direction, class; partial; unique; expressions
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c int, d int, email text UNIQUE, name text);
CREATE INDEX i_ab ON t (a, b);
-- migration:
CREATE INDEX i1 ON t USING hash (a);
CREATE INDEX i2 ON t (a DESC);
CREATE INDEX i3 ON t (email text_pattern_ops);
CREATE INDEX i4 ON t (a) WHERE b > 1;
CREATE UNIQUE INDEX i5 ON t (a);
CREATE INDEX i6 ON t (lower(email));
CREATE INDEX i7 ON t (a) INCLUDE (name);

-- case: replaced in the same migration
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c int, d int, email text UNIQUE, name text);
CREATE INDEX i_ab ON t (a, b);
-- migration:
CREATE INDEX i_a ON t (a);
DROP INDEX i_ab;
