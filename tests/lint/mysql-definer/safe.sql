-- engine: mysql

-- case: nobody, or who migrates
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
CREATE VIEW v AS SELECT id FROM t;
CREATE DEFINER=CURRENT_USER VIEW w AS SELECT id FROM t;
