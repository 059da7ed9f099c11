CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int, v int AS (a + 1) VIRTUAL, b int NOT NULL) ENGINE=InnoDB;
-- measured:
ALTER TABLE t ADD COLUMN x int FIRST;
