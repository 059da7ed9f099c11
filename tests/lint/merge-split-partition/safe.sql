-- engine: postgres
-- version: 19

-- case: the partition is empty
-- rows: logs_2026 = 0
-- given:
CREATE TABLE logs (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE logs_2026 PARTITION OF logs FOR VALUES FROM (1) TO (9);
-- migration:
ALTER TABLE logs SPLIT PARTITION logs_2026 INTO (PARTITION a FOR VALUES FROM (1) TO (5), PARTITION b FOR VALUES FROM (5) TO (9));

-- case: a table that this migration makes
-- migration:
CREATE TABLE logs (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE a PARTITION OF logs FOR VALUES FROM (1) TO (5);
CREATE TABLE b PARTITION OF logs FOR VALUES FROM (5) TO (9);
ALTER TABLE logs MERGE PARTITIONS (a, b) INTO c;
