-- A shop; its schema; in one file
PRAGMA foreign_keys = ON;
CREATE TABLE customer (
    id INTEGER PRIMARY KEY, -- it's the rowid;
    name TEXT NOT NULL DEFAULT 'no;body', /* ; */
    "odd;name" TEXT, [other;name] TEXT, `third;one` TEXT
);
CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT, at TEXT DEFAULT CURRENT_TIMESTAMP);
CREATE TRIGGER customer_log AFTER UPDATE OF name ON customer
WHEN CASE WHEN new.name IS NULL THEN 0 ELSE 1 END
BEGIN
    INSERT INTO log (id, what, at) VALUES (NULL, 'changed; ' || old.name, 0);
    UPDATE log SET what = CASE what WHEN '' THEN 'END;' ELSE what END; -- END;
END;
create temp trigger gone after insert on customer begin select 1; end;
CREATE VIEW names AS SELECT name || '--' || id AS "a;b" /* a; view */ FROM customer; /* ; */
INSERT INTO customer (id, name) VALUES (1, 'it''s; one'), (2, 'C:\'), (3, 'two
lines;');
INSERT INTO customer (id, name, "odd;name") VALUES (4, x'3b', 'names;');
;;
-- nothing; here
CREATE INDEX customer_name ON customer (name) WHERE name <> ';'
