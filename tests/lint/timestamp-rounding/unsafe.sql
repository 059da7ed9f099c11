-- engine: postgres
-- version: 15

-- case: no digits
-- migration:
CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz(0) NOT NULL);

-- case: a local one
-- migration:
CREATE TABLE events (id bigint PRIMARY KEY, at_local timestamp(0) NOT NULL);

-- case: time of day
-- migration:
CREATE TABLE shops (id bigint PRIMARY KEY, opens timetz);
