-- engine: postgres
-- version: 15

-- case: a new partition
-- given:
CREATE TABLE e (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE e_default PARTITION OF e DEFAULT;
-- migration:
CREATE TABLE e_2027 PARTITION OF e FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: a table that is attached
-- given:
CREATE TABLE e (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE e_default PARTITION OF e DEFAULT;
-- migration:
CREATE TABLE e_2027 (id bigint, at date NOT NULL);
ALTER TABLE e ATTACH PARTITION e_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
