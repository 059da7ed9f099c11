-- engine: postgres
-- version: 15

-- case: the safe sequence
-- given:
CREATE TABLE events (id bigint, user_id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- migration: 1_parent
CREATE INDEX i ON ONLY events (user_id);
-- migration: 2_build
CREATE INDEX CONCURRENTLY events_2026_i ON events_2026 (user_id);
-- migration: 3_attach
ALTER INDEX i ATTACH PARTITION events_2026_i;

-- case: a parent without partitions
-- given:
CREATE TABLE events (id bigint, user_id bigint, at date NOT NULL) PARTITION BY RANGE (at);
-- migration:
CREATE INDEX i ON events (user_id);

-- case: a parent that this migration makes
-- migration:
CREATE TABLE events (id bigint, user_id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX i ON events (user_id);

-- case: an ordinary table
-- given:
CREATE TABLE events (id bigint, user_id bigint);
-- migration:
CREATE INDEX CONCURRENTLY i ON events (user_id);
