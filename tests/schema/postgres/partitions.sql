CREATE TABLE events (
    id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    kind text CHECK (kind <> ''),
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX events_kind ON events (kind);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (at);
CREATE TABLE events_2024_a PARTITION OF events_2024 (kind DEFAULT 'a' NOT NULL) FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE INDEX ON events (at DESC, kind);
CREATE TABLE events_2025 (id bigint NOT NULL, at timestamptz NOT NULL, kind text, CONSTRAINT events_kind_check CHECK (kind <> ''));
CREATE INDEX own ON events_2025 (kind);
ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE events ADD COLUMN source text DEFAULT 'web';
ALTER TABLE events ADD CONSTRAINT source_known CHECK (source IN ('web', 'app'));
CREATE TABLE sources (name text PRIMARY KEY);
ALTER TABLE events ADD FOREIGN KEY (source) REFERENCES sources;
CREATE INDEX by_hand ON ONLY events (source);
CREATE INDEX by_hand_2023 ON events_2023 (source);
ALTER INDEX by_hand ATTACH PARTITION by_hand_2023;
ALTER TABLE events DETACH PARTITION events_2023;
ALTER TABLE events RENAME COLUMN source TO origin;
ALTER TABLE events ALTER COLUMN kind SET NOT NULL;
CREATE TABLE parent (id int PRIMARY KEY, a text NOT NULL, CHECK (a <> ''));
CREATE TABLE child (b int, a text DEFAULT 'x') INHERITS (parent);
CREATE TABLE second () INHERITS (parent);
ALTER TABLE parent ADD COLUMN c int, ADD CHECK (c > 0);
ALTER TABLE parent DROP COLUMN a;
ALTER TABLE second NO INHERIT parent;
ALTER TABLE parent DROP COLUMN c;
CREATE TABLE hashed (id int, v text, UNIQUE (id)) PARTITION BY HASH (id);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
DROP INDEX events_kind;
ALTER TABLE hashed DROP CONSTRAINT hashed_id_key;
DROP TABLE events_rest;
