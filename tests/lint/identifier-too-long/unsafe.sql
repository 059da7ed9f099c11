-- engine: postgres
-- version: 15

-- case: a table, a column, a constraint
-- migration:
CREATE TABLE public.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (
    id bigint PRIMARY KEY,
    very_very_very_very_very_very_very_very_very_very_very_very_very_very_1 int,
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" int,
    CONSTRAINT very_very_very_very_very_very_very_very_very_very_very_very_very_very_2 CHECK (id > 0)
);

-- case: bytes, not letters
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
CREATE INDEX "ääääääääääääääääääääääääääääääää" ON t (id);
ALTER TABLE t RENAME TO very_very_very_very_very_very_very_very_very_very_very_very_very_very_3;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN very_very_very_very_very_very_very_very_very_very_very_very_very_very_4 int;
