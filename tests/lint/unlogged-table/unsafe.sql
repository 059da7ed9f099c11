-- engine: postgres
-- version: 15

-- case: a new one
-- migration:
CREATE UNLOGGED TABLE a (id bigint PRIMARY KEY);

-- case: an old one
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a SET UNLOGGED;
