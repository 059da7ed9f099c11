-- engine: postgres
-- version: 15

-- case: its spellings
-- migration:
CREATE TABLE events (id bigint PRIMARY KEY, created_at timestamp NOT NULL, seen_at timestamp(3), at timestamp without time zone[]);

-- case: a new column
-- given:
CREATE TABLE events (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE events ADD COLUMN created_at TIMESTAMP NOT NULL DEFAULT now();
