-- engine: postgres

-- case: if it isn't there
-- migration:
CREATE EXTENSION IF NOT EXISTS pgcrypto;

-- case: a version
-- migration:
CREATE EXTENSION hstore VERSION '1.8';

-- case: one of those that are allowed
-- set: extensions-allowed = pgcrypto, hstore
-- migration:
CREATE EXTENSION IF NOT EXISTS hstore;
