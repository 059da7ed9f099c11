CREATE TABLE a (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL DEFAULT 'x' CHECK (name <> ''),
    n int,
    twice int GENERATED ALWAYS AS (n * 2) STORED,
    UNIQUE (name, n)
);
CREATE INDEX a_by_name ON a (lower(name));
CREATE TABLE plain (LIKE a);
CREATE TABLE whole (first int, LIKE a INCLUDING ALL, last int);
CREATE TABLE partly (LIKE a INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
CREATE TABLE keyed (LIKE a INCLUDING INDEXES);
CREATE TABLE copy AS SELECT id, name AS label, n + 1 AS more, count(*) OVER () FROM a;
SELECT id, name INTO other FROM a;
CREATE TABLE everything AS TABLE a;
CREATE TABLE empty AS SELECT * FROM a WITH NO DATA;
CREATE MATERIALIZED VIEW m AS SELECT name, n FROM a;
CREATE UNIQUE INDEX ON m (name);
CREATE TYPE pair AS (x int, y text);
CREATE TABLE typed OF pair (x PRIMARY KEY, y WITH OPTIONS DEFAULT 'y');
