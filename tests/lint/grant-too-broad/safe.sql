-- engine: postgres

-- case: what the application needs
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY);
GRANT SELECT, INSERT, UPDATE ON orders TO app;
GRANT USAGE ON SCHEMA public TO app;

-- case: reading all tables
-- migration:
GRANT SELECT ON ALL TABLES IN SCHEMA public TO reports;

-- case: what everybody may do anyway
-- migration:
CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
GRANT EXECUTE ON FUNCTION one() TO PUBLIC;

-- case: taken away, not given
-- migration:
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- case: a role for the purpose
-- migration:
GRANT reports TO joe;

-- case: of a schema on MySQL
-- engine: mysql
-- migration:
GRANT SELECT, INSERT ON shop.* TO 'app'@'%';
