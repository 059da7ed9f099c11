-- engine: postgres
-- version: 15

-- case: columns that are NOT NULL
-- given:
CREATE TABLE t (id bigint NOT NULL, tenant int NOT NULL);
-- migration:
ALTER TABLE t ADD PRIMARY KEY (tenant, id);

-- case: a nullable column
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id);

-- case: a new column
-- given:
CREATE TABLE t (code text);
-- migration:
ALTER TABLE t ADD COLUMN id bigserial PRIMARY KEY;
