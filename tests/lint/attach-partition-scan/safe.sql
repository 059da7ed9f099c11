-- engine: postgres
-- version: 15

-- case: a valid CHECK proves it
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_2026 (id bigint, at date NOT NULL);
ALTER TABLE logs_2026 ADD CONSTRAINT c CHECK (at >= '2026-01-01' AND at < '2027-01-01' AND at IS NOT NULL);
-- migration:
ALTER TABLE logs ATTACH PARTITION logs_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- case: a table that this migration makes
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
-- migration:
CREATE TABLE logs_2026 (LIKE logs INCLUDING ALL);
ALTER TABLE logs ATTACH PARTITION logs_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
