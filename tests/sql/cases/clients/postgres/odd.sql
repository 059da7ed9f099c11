-- Odd places for a semicolon;
CREATE TABLE a (id int, t text DEFAULT 'a;b', u text DEFAULT E'c\';d', "e;f" text DEFAULT U&'\003b');
CREATE TABLE b (LIKE a INCLUDING ALL); /* nested /* ; */ comment; */
CREATE RULE a_insert AS ON INSERT TO a DO ALSO (INSERT INTO b VALUES (NEW.id); UPDATE b SET t = ')' WHERE id = 0;);
CREATE TYPE mood AS ENUM ('so;so', 'it''s', $$fi;ne$$);
CREATE VIEW v AS SELECT 5*-- minus;
3 AS x, 'a;'
 'b;' AS continued, 1 - -1 AS y, '{"a": 1}'::jsonb @> '{}' AS z;
INSERT INTO a (id, t) VALUES (1, 'x\'), (2, E'y\\'), (3, 'z' -- it's
  'w;');
DO $do$
DECLARE r record;
BEGIN
  FOR r IN SELECT generate_series(1, 3) AS i LOOP
    EXECUTE format($f$CREATE TABLE part_%s (x int CHECK (x <> 0)); $f$, r.i);
  END LOOP;
END
$do$;
COMMENT ON TABLE a IS 'It''s; a table';;
BEGIN;
CREATE INDEX a_id ON a (id) WHERE t <> ';';
COMMIT;
CREATE TABLE last_one (a$b$c int)
