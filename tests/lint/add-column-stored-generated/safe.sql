-- engine: postgres
-- version: 18

-- case: virtual
-- given:
CREATE TABLE t (a int, b int);
-- migration:
ALTER TABLE t ADD COLUMN total int GENERATED ALWAYS AS (a * b) VIRTUAL;

-- case: without a word it is virtual
-- given:
CREATE TABLE t (a int, b int);
-- migration:
ALTER TABLE t ADD COLUMN total int GENERATED ALWAYS AS (a * b);

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD COLUMN total int GENERATED ALWAYS AS (a * b) STORED;

-- case: virtual on MySQL
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (a int, b int);
-- migration:
ALTER TABLE t ADD COLUMN total int AS (a * b) VIRTUAL;
