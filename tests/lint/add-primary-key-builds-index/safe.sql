-- engine: postgres
-- version: 15

-- case: the index was built before
-- given:
CREATE TABLE t (id bigint NOT NULL);
CREATE UNIQUE INDEX t_id_key ON t (id);
-- migration:
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX t_id_key;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id bigint NOT NULL);
ALTER TABLE ONLY t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
