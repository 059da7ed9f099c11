-- engine: postgres
-- version: 15

-- case: never committed
-- migration:
BEGIN;
CREATE TABLE t (id int);

-- case: COMMIT alone
-- migration:
CREATE TABLE t (id int);
COMMIT;

-- case: one inside the other
-- migration:
BEGIN;
CREATE TABLE t (id int);
BEGIN;
CREATE TABLE u (id int);
COMMIT;

-- case: something behind it
-- migration:
BEGIN;
CREATE TABLE t (id int);
COMMIT;
CREATE TABLE u (id int);
CREATE TABLE v (id int);

-- case: rolled back
-- migration:
BEGIN;
CREATE TABLE t (id int);
ROLLBACK;

-- case: a savepoint outside of a transaction
-- migration:
-- Transaction: none
SAVEPOINT s;
CREATE TABLE t (id int);

-- case: SQLite
-- engine: sqlite
-- migration:
BEGIN;
CREATE TABLE t (id INTEGER PRIMARY KEY);

-- case: in DOWN
-- migration:
-- ===== UP =====
CREATE TABLE t (id int);
-- ===== DOWN =====
DROP TABLE t;
COMMIT;
