-- engine: postgres
-- version: 15

-- case: to the end of the transaction
-- migration:
SET LOCAL search_path = app;

-- case: put back
-- migration:
SET search_path = app;
SELECT 1;
RESET search_path;

-- case: all of it put back
-- migration:
SET search_path = app;
SET timezone = 'UTC';
RESET ALL;

-- case: a variable of MySQL's, and what was there before
-- engine: mysql
-- version: 8.0.36
-- migration:
SET @old = @@sql_mode;
SET sql_mode = 'STRICT_TRANS_TABLES';
SET sql_mode = @old;

-- case: a PRAGMA that only asks
-- engine: sqlite
-- migration:
PRAGMA table_info(users);

-- case: checks, which have a rule of their own
-- engine: mysql
-- version: 8.0.36
-- migration:
SET foreign_key_checks = 0;
