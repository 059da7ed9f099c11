-- engine: postgres
-- version: 15

-- case: its own values
-- given:
CREATE TABLE t (a text, b text);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE int USING a::int;
ALTER TABLE t ALTER COLUMN b TYPE int USING coalesce(nullif(t.b, ''), '0')::int;

-- case: NULL says what is meant
-- given:
CREATE TABLE t (a text);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE int USING NULL::int;

-- case: a column that came just now has no values
-- given:
CREATE TABLE t (b text);
-- migration:
ALTER TABLE t ADD COLUMN a text;
ALTER TABLE t ALTER COLUMN a TYPE int USING b::int;
