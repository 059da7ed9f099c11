-- engine: postgres
-- version: 15

-- case: with its zone
-- migration:
CREATE TABLE events (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, day date);

-- case: local time is meant
-- migration:
CREATE TABLE events (id bigint PRIMARY KEY, starts_at_local timestamp NOT NULL);

-- case: MySQL keeps UTC
-- engine: mysql
-- migration:
CREATE TABLE events (id bigint PRIMARY KEY, created_at timestamp NOT NULL);
