-- engine: postgres
-- version: 15

-- case: a valid CHECK leaves the bound out
-- given:
CREATE TABLE e (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE e_default PARTITION OF e DEFAULT;
ALTER TABLE e_default ADD CONSTRAINT c CHECK (at < '2027-01-01');
-- migration:
CREATE TABLE e_2027 PARTITION OF e FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: there is no default partition
-- given:
CREATE TABLE e (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
-- migration:
CREATE TABLE e_2027 PARTITION OF e FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: all of it is new
-- migration:
CREATE TABLE e (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE e_default PARTITION OF e DEFAULT;
CREATE TABLE e_2027 PARTITION OF e FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
