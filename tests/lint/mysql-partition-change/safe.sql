-- engine: mysql
-- version: 8.0.36

-- case: behind the last
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (100));
-- migration:
ALTER TABLE t ADD PARTITION (PARTITION p1 VALUES LESS THAN (200));

-- case: with the table
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 4;
