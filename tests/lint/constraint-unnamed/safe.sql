-- engine: postgres
-- version: 15

-- case: named
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, n int NOT NULL CONSTRAINT chk_a_n CHECK (n > 0), CONSTRAINT uq_a_n UNIQUE (n));
