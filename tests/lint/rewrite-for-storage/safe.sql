-- engine: postgres
-- version: 15

-- case: it is there already
-- given:
CREATE TABLE events (id bigint) TABLESPACE slow;
CREATE UNLOGGED TABLE cache (id bigint);
-- migration:
ALTER TABLE events SET TABLESPACE slow;
ALTER TABLE events SET LOGGED;
ALTER TABLE events SET ACCESS METHOD heap;
ALTER TABLE cache SET UNLOGGED;

-- case: a table that this migration makes
-- migration:
CREATE TABLE events (id bigint);
ALTER TABLE events SET TABLESPACE slow;

-- case: a partitioned table has no rows of its own
-- given:
CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
-- migration:
ALTER TABLE events SET TABLESPACE slow;
