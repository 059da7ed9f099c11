-- engine: postgres
-- version: 15

-- case: another one begins with its column
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a, b);
-- migration:
DROP INDEX CONCURRENTLY i;

-- case: its column goes, too
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
CREATE INDEX i ON t (a);
-- migration:
DROP INDEX i;
ALTER TABLE t DROP COLUMN a;

-- case: DOWN takes back what UP did
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
-- ===== UP =====
CREATE INDEX CONCURRENTLY i ON t (a);
-- ===== DOWN =====
DROP INDEX CONCURRENTLY i;

-- case: nobody sees it
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, KEY i (a) INVISIBLE);
-- migration:
DROP INDEX i ON t;
