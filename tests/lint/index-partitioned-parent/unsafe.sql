-- engine: postgres
-- version: 15

-- case: all partitions at once
-- given:
CREATE TABLE events (id bigint, user_id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- migration:
CREATE INDEX i ON events (user_id);

-- case: the server refuses CONCURRENTLY, also for a new parent
-- migration:
CREATE TABLE events (id bigint, user_id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX CONCURRENTLY i ON events (user_id);

-- case: it refuses to drop it concurrently
-- given:
CREATE TABLE events (id bigint, user_id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX i ON events (user_id);
-- migration:
DROP INDEX CONCURRENTLY i;
