-- engine: postgres
-- version: 15

-- case: logged
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY);

-- case: logged again
-- given:
CREATE UNLOGGED TABLE a (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a SET LOGGED;
