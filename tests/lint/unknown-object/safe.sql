-- engine: postgres
-- version: 15

-- case: what is there
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE VIEW names AS SELECT name FROM users;
-- migration:
ALTER TABLE users ADD COLUMN a int, ADD CONSTRAINT a_positive UNIQUE (a);
CREATE INDEX ON users (name, a);
INSERT INTO users (id, name) SELECT 1, name FROM names;
UPDATE users SET a = 1 FROM names n WHERE n.name = users.name;
WITH old AS (SELECT id FROM users) DELETE FROM users USING old WHERE old.id = users.id;
DROP VIEW names;

-- case: IF EXISTS
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
DROP TABLE IF EXISTS usr;
ALTER TABLE IF EXISTS usr ADD COLUMN a int;
ALTER TABLE users DROP COLUMN IF EXISTS a;
DROP INDEX IF EXISTS i;

-- case: dynamic SQL may have made it
-- migration:
DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_user || ' (id int)'; END $$;
ALTER TABLE postgres ADD COLUMN a int;

-- case: the server's own
-- migration:
SELECT relname FROM pg_class;
SELECT table_name FROM information_schema.tables;

-- case: a DO block that asks first
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
DO $$ BEGIN IF to_regclass('old') IS NOT NULL THEN DROP TABLE old; END IF; END $$;

-- case: a function's body is read when it runs
-- migration:
CREATE FUNCTION f() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM later); END';

-- case: its own name in a foreign key
-- migration:
CREATE TABLE nodes (id bigint PRIMARY KEY, parent_id bigint REFERENCES nodes (id));

-- case: a sequence can be read
-- migration:
CREATE SEQUENCE numbers;
SELECT last_value FROM numbers;

-- case: a temporary table
-- migration:
CREATE TEMP TABLE wanted (id int);
INSERT INTO wanted (id) VALUES (1);

-- case: MySQL, with aliases and a swap
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE others (id bigint PRIMARY KEY, name text);
-- migration:
UPDATE users u JOIN others o ON o.id = u.id SET u.name = o.name;
DELETE u FROM users u JOIN others o ON o.id = u.id;
RENAME TABLE users TO users_old, others TO users;
SELECT 1 FROM dual;

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
CREATE INDEX i ON users (name);
-- migration:
UPDATE users SET rowid = 2 WHERE id = 1;
SELECT name FROM sqlite_master;
DROP INDEX i;
