-- engine: postgres

-- case: whatever version there is
-- migration:
CREATE EXTENSION hstore;

-- case: a language that isn't trusted
-- migration:
CREATE EXTENSION IF NOT EXISTS plpython3u;

-- case: one that isn't allowed
-- set: extensions-allowed = pgcrypto, hstore
-- migration:
CREATE EXTENSION IF NOT EXISTS dblink;
