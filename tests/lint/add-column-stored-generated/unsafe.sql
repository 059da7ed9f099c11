-- engine: postgres
-- version: 18

-- case: stored, where there is a virtual one
-- given:
CREATE TABLE t (a int, b int);
-- migration:
ALTER TABLE t ADD COLUMN total int GENERATED ALWAYS AS (a * b) STORED;

-- case: stored, where there is none
-- version: 15
-- given:
CREATE TABLE t (a int, b int);
-- migration:
ALTER TABLE t ADD COLUMN total int GENERATED ALWAYS AS (a * b) STORED;

-- case: MySQL
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (a int, b int);
-- migration:
ALTER TABLE t ADD COLUMN total int AS (a * b) STORED;
