-- engine: postgres

-- case: ALL
-- migration:
GRANT ALL ON orders TO app;

-- case: everybody
-- migration:
GRANT SELECT ON orders TO PUBLIC;

-- case: all tables, to be written
-- migration:
GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA public TO app;

-- case: who gets it can hand it on
-- migration:
GRANT SELECT ON orders TO app WITH GRANT OPTION;

-- case: a role that can be handed on
-- migration:
GRANT reports TO joe WITH ADMIN OPTION;

-- case: CREATE on a schema
-- migration:
GRANT USAGE, CREATE ON SCHEMA public TO app;

-- case: whatever is made later
-- migration:
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO app;

-- case: ALL on MySQL
-- engine: mysql
-- migration:
GRANT ALL ON shop.* TO 'app'@'%';
