-- engine: postgres
-- version: 15

-- case: SQLite
-- engine: sqlite
-- migration:
CREATE TABLE OrderItems (id INTEGER PRIMARY KEY);

-- case: strict
-- set: naming = strict
-- engine: sqlite
-- migration:
CREATE TABLE orderItems (id INTEGER PRIMARY KEY);

-- case: renamed
-- engine: sqlite
-- given:
CREATE TABLE a (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE a RENAME TO OrderItems;
