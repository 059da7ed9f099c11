-- engine: postgres
-- version: 15

-- case: in order, by name
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint CONSTRAINT orders_user REFERENCES users);
-- migration:
ALTER TABLE orders DROP CONSTRAINT orders_user;
DROP TABLE users;

-- case: nothing depends on it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
DROP TABLE users CASCADE;

-- case: a column that nothing uses
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE VIEW ids AS SELECT id FROM users;
-- migration:
ALTER TABLE users DROP COLUMN name CASCADE;

-- case: a check, on which nothing can depend
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, age int CONSTRAINT old CHECK (age > 18));
-- migration:
ALTER TABLE users DROP CONSTRAINT old CASCADE;

-- case: tables that go together
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
-- migration:
DROP TABLE users, orders CASCADE;

-- case: a trigger
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
DROP TRIGGER IF EXISTS touch ON users CASCADE;

-- case: partitions are parts of it
-- given:
CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- migration:
DROP TABLE events CASCADE;

-- case: made by this migration
-- migration:
CREATE TABLE scratch (id bigint);
CREATE VIEW seen AS SELECT id FROM scratch;
DROP TABLE scratch CASCADE;

-- case: a schema, which a stronger rule says
-- given:
CREATE SCHEMA billing;
-- migration:
DROP SCHEMA billing CASCADE;
