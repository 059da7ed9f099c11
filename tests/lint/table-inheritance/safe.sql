-- engine: postgres
-- version: 15

-- case: a partition
-- migration:
CREATE TABLE p (id bigint) PARTITION BY HASH (id);
CREATE TABLE p_1 PARTITION OF p FOR VALUES WITH (MODULUS 1, REMAINDER 0);

-- case: a table of its own
-- migration:
CREATE TABLE b (id bigint PRIMARY KEY);
