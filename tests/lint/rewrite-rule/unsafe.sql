-- engine: postgres
-- version: 15

-- case: of a table
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
CREATE RULE r AS ON DELETE TO a DO INSTEAD NOTHING;
