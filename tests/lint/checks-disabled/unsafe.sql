-- engine: postgres
-- version: 15

-- case: all triggers, and foreign keys
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users DISABLE TRIGGER ALL;

-- case: switched on again
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users DISABLE TRIGGER USER;
UPDATE users SET id = 2 WHERE id = 1;
ALTER TABLE users ENABLE TRIGGER USER;

-- case: as on a replica
-- migration:
SET session_replication_role = replica;

-- case: to the end of the transaction
-- migration:
SET LOCAL session_replication_role = 'replica';

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- migration:
SET foreign_key_checks = 0, unique_checks = OFF;
SET foreign_key_checks = 1;

-- case: what was there before is put back
-- engine: mysql
-- version: 8.0.36
-- migration:
SET @old_mode = @@sql_mode, sql_mode = '';
SET sql_mode = @old_mode;

-- case: MariaDB
-- engine: mariadb
-- migration:
SET check_constraint_checks = 0;

-- case: SQLite
-- engine: sqlite
-- migration:
PRAGMA ignore_check_constraints = ON;
