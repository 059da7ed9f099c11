-- engine: postgres
-- version: 15

-- case: each once
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);
-- migration:
UPDATE t SET a = 1, b = 2 WHERE id = 1;
INSERT INTO t (id, a, b) VALUES (1, 2, 3);

-- case: parts of an array
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, tags text[]);
-- migration:
UPDATE t SET tags[1] = 'a', tags[2] = 'b' WHERE id = 1;

-- case: parts of what nobody knows
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || '_x (id int)'; END $$;
UPDATE t SET place.x = 1, place.y = 2 WHERE id = 1;
