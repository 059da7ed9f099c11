-- engine: postgres
-- version: 15

-- case: without CONCURRENTLY
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- migration:
ALTER TABLE logs DETACH PARTITION logs_2020;

-- case: beside a default partition there is no online form
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE logs_rest PARTITION OF logs DEFAULT;
-- migration:
ALTER TABLE logs DETACH PARTITION logs_2020;

-- case: and the server refuses it
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE logs_rest PARTITION OF logs DEFAULT;
-- migration:
ALTER TABLE logs DETACH PARTITION logs_2020 CONCURRENTLY;

-- case: before 14
-- version: 13
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- migration:
ALTER TABLE logs DETACH PARTITION logs_2020;

-- case: a partition that is dropped
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2020 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- migration:
DROP TABLE logs_2020;
