-- engine: postgres
-- version: 15

-- case: all digits, or some
-- migration:
CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz, seen_at timestamptz(3), opens time);
