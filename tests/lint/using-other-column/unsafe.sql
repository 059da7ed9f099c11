-- engine: postgres
-- version: 15

-- case: another column
-- given:
CREATE TABLE t (a text, b text);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE int USING b::int;

-- case: a constant
-- given:
CREATE TABLE t (a text);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE int USING 0;
