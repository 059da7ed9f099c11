-- engine: postgres
-- version: 15

-- case: a constraint
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, tenant int);
-- migration:
ALTER TABLE users ADD CONSTRAINT uq_users_email UNIQUE (tenant, email);

-- case: a new column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN email text UNIQUE;

-- case: a constraint on a column that came just now reads the whole table
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN email text;
ALTER TABLE users ADD UNIQUE (email);

-- case: a partitioned table
-- given:
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- migration:
ALTER TABLE events ADD CONSTRAINT uq_events UNIQUE (id, at);
