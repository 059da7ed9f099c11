-- engine: postgres
-- version: 15

-- case: of columns and tables
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, n int CHECK (n > 0), m int UNIQUE, b_id bigint REFERENCES b, UNIQUE (n, m));

-- case: an old table
-- given:
CREATE TABLE a (id bigint PRIMARY KEY, n int);
-- migration:
ALTER TABLE a ADD CHECK (n > 0) NOT VALID;
