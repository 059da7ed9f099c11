-- engine: postgres
-- version: 15

-- case: of a new table
-- migration:
CREATE TABLE t (
    id bigint PRIMARY KEY,
    meta JSON NOT NULL,
    metas json[]
);

-- case: a new column, and another type
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, meta text);
-- migration:
ALTER TABLE t ADD COLUMN more json, ALTER COLUMN meta TYPE json USING meta::json;
