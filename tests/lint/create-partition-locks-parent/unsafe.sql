-- engine: postgres
-- version: 15

-- case: a parent in use
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
-- migration:
CREATE TABLE logs_2027 PARTITION OF logs FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

-- case: before 12 there is no better way
-- version: 11
-- given:
CREATE TABLE logs (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
-- migration:
CREATE TABLE logs_2027 PARTITION OF logs FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
