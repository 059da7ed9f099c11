-- engine: postgres
-- version: 15

-- case: a word with a slip
-- migration:
ALTER TABLE t ADD COLUM a int;

-- case: the second statement, in its second line
-- migration:
CREATE TABLE t (id int);
CREATE TABLE u (
    id int,,
    a int
);

-- case: MySQL's words on PostgreSQL
-- migration:
CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY);

-- case: MySQL
-- engine: mysql
-- migration:
ALTER TABLE t ADD INDEXX i (a);

-- case: SQLite
-- engine: sqlite
-- migration:
CREATE TABEL t (id INTEGER);

-- case: in DOWN
-- migration:
-- ===== UP =====
CREATE TABLE t (id int);
-- ===== DOWN =====
DROP TABEL t;

-- case: a server that is newer than the grammar may take it
-- engine: postgres
-- version: 99
-- migration:
ALTER TABLE t FROBNICATE;
