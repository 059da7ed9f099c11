-- engine: postgres
-- version: 15

-- case: another identity before it
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, code text NOT NULL);
CREATE UNIQUE INDEX t_new_key ON t (code);
CREATE PUBLICATION p FOR TABLE t;
-- migration:
ALTER TABLE t REPLICA IDENTITY USING INDEX t_new_key;
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- case: another primary key in the same statement
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, code text NOT NULL);
CREATE UNIQUE INDEX t_new_key ON t (code);
CREATE PUBLICATION p FOR TABLE t;
-- migration:
ALTER TABLE t DROP CONSTRAINT t_pkey, ADD PRIMARY KEY USING INDEX t_new_key;

-- case: nobody publishes it
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t DROP CONSTRAINT t_pkey;

-- case: whole rows are the identity
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
ALTER TABLE t REPLICA IDENTITY FULL;
CREATE PUBLICATION p FOR TABLE t;
-- migration:
ALTER TABLE t DROP CONSTRAINT t_pkey;
