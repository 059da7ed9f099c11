-- engine: postgres
-- version: 15

-- case: an update behind a change of another table
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY, n int);
-- migration:
ALTER TABLE a ADD COLUMN n int;
UPDATE b SET n = 0;

-- case: a backfill of the column that was added
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD COLUMN n int;
UPDATE a SET n = 0;

-- case: an index behind a trigger
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TABLE b (id bigint PRIMARY KEY, n int);
-- migration:
CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();
CREATE INDEX i ON b (n);

-- case: told once for a transaction, and again when it gets worse
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY, n int);
-- migration:
CREATE INDEX i ON a (id);
CREATE INDEX j ON b (n);
CREATE INDEX k ON b (id, n);
ALTER TABLE a ADD COLUMN n int;
UPDATE b SET n = 0;
UPDATE b SET n = 1;
