-- engine: postgres
-- version: 15

-- case: of a view
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM a;
-- migration:
CREATE RULE r AS ON DELETE TO v DO INSTEAD DELETE FROM a WHERE id = old.id;
