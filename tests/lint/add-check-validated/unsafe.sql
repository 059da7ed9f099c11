-- engine: postgres
-- version: 15

-- case: a constraint
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, qty int);
-- migration:
ALTER TABLE t ADD CONSTRAINT chk_t_qty CHECK (qty > 0);

-- case: a new column
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN qty int CHECK (qty > 0);

-- case: a column and its check in one statement
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN qty int, ADD CHECK (qty > 0);

-- case: a partitioned table
-- given:
CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
-- migration:
ALTER TABLE events ADD CONSTRAINT positive CHECK (id > 0);
