-- engine: postgres
-- version: 15

-- case: another tablespace
-- given:
CREATE TABLE events (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE events SET TABLESPACE slow;

-- case: an index
-- given:
CREATE TABLE events (id bigint PRIMARY KEY);
-- migration:
ALTER INDEX events_pkey SET TABLESPACE slow;

-- case: logged and unlogged
-- given:
CREATE TABLE events (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE events SET UNLOGGED;

-- case: another access method
-- given:
CREATE TABLE events (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE events SET ACCESS METHOD columnar;
