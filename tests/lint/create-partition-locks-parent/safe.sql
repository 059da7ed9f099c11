-- engine: postgres
-- version: 15

-- case: the safe way
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
-- migration:
CREATE TABLE logs_2027 (LIKE logs INCLUDING ALL);
ALTER TABLE logs ATTACH PARTITION logs_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a parent that this migration makes
-- migration:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2027 PARTITION OF logs FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a partition that is there already
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2027 PARTITION OF logs FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
-- migration:
CREATE TABLE IF NOT EXISTS logs_2027 PARTITION OF logs FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
