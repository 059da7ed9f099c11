-- engine: postgres

-- case: SUPERUSER
-- migration:
CREATE ROLE app LOGIN SUPERUSER;

-- case: BYPASSRLS and REPLICATION
-- migration:
ALTER ROLE app BYPASSRLS REPLICATION;

-- case: CREATEROLE, and what stands beside it is not shown
-- migration:
CREATE USER app CREATEROLE PASSWORD 'hunter2';

-- case: a role that can run programs on the server
-- migration:
GRANT pg_execute_server_program TO app;

-- case: the application becomes the owner
-- set: application-roles = app, jobs
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders OWNER TO app;

-- case: all databases of MySQL
-- engine: mysql
-- migration:
GRANT ALL ON *.* TO 'app'@'%';

-- case: SUPER
-- engine: mysql
-- migration:
GRANT SUPER ON *.* TO 'app'@'%';
