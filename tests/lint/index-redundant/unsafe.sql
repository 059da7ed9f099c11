-- engine: postgres
-- version: 15

-- case: the beginning of another
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c int, d int, email text UNIQUE, name text);
CREATE INDEX i_ab ON t (a, b);
-- migration:
CREATE INDEX i_a ON t (a);

-- case: the same again
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c int, d int, email text UNIQUE, name text);
CREATE INDEX i_ab ON t (a, b);
-- migration:
CREATE INDEX i_ab2 ON t (a, b);

-- case: beside a unique key
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c int, d int, email text UNIQUE, name text);
CREATE INDEX i_ab ON t (a, b);
-- migration:
CREATE INDEX i_email ON t (email);

-- case: far shorter
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, c int, d int);
CREATE INDEX i ON t (a, b, c, d);
-- migration:
CREATE INDEX i_a ON t (a);

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int, KEY i_a (a), KEY i_ab (a, b));
