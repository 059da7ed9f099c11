-- engine: postgres
-- version: 15

-- case: inherits
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE b (n int) INHERITS (a);
