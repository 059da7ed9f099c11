.bail on
.echo off
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE parent(id INTEGER PRIMARY KEY);
CREATE TABLE child(id INTEGER PRIMARY KEY, parent_id REFERENCES parent(id), note TEXT DEFAULT ';');
INSERT INTO parent VALUES(1); INSERT INTO child VALUES(1,1,'a'),(2,1,'-- b'),(3,1,'/* c');
CREATE TABLE child_new(id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE, note TEXT);
INSERT INTO child_new SELECT id, parent_id, note FROM child;
DROP TABLE child;
ALTER TABLE child_new RENAME TO child;
COMMIT;
PRAGMA foreign_keys=ON;
CREATE TRIGGER IF NOT EXISTS child_check BEFORE INSERT ON child FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'no; end') WHERE new.note = 'END;';
  DELETE FROM child WHERE note IN (SELECT CASE WHEN 1 THEN 'x' END);
END ; -- the trigger's
PRAGMA user_version = 7; /* never closed;
