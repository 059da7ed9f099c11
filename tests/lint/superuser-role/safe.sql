-- engine: postgres

-- case: a role that can log in
-- migration:
CREATE ROLE app LOGIN NOSUPERUSER NOBYPASSRLS;

-- case: taken away
-- migration:
ALTER ROLE app NOCREATEROLE;

-- case: an owner that isn't the application
-- set: application-roles = app
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders OWNER TO admins;

-- case: monitoring, and one database
-- engine: mysql
-- migration:
GRANT PROCESS, REPLICATION CLIENT ON *.* TO 'monitor'@'localhost';
GRANT SELECT, INSERT ON shop.* TO 'app'@'%';
