-- engine: postgres
-- version: 15

-- case: concurrently, and the rest of it
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- migration: 1_detach
ALTER TABLE logs DETACH PARTITION logs_2020 CONCURRENTLY;
-- migration: 2_drop
DROP TABLE logs_2020;

-- case: what was interrupted
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- migration:
ALTER TABLE logs DETACH PARTITION logs_2020 FINALIZE;

-- case: all of it goes
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- migration:
DROP TABLE logs_2020, logs;

-- case: a parent that this migration makes
-- migration:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
ALTER TABLE logs DETACH PARTITION logs_2020;

-- case: a table that is no partition
-- given:
CREATE TABLE logs (id bigint);
-- migration:
DROP TABLE logs;
