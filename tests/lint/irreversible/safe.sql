-- engine: postgres
-- version: 15

-- case: made by this migration
-- migration:
CREATE TABLE scratch (id bigint);
DELETE FROM scratch WHERE id = 1;
DROP TABLE scratch;

-- case: a view
-- given:
CREATE VIEW one AS SELECT 1 AS n;
-- migration:
DROP VIEW one;

-- case: DOWN, which is no step forward
-- migration:
-- ===== UP =====
CREATE TABLE roles (id bigint PRIMARY KEY);
-- ===== DOWN =====
DROP TABLE roles;

-- case: there was none
-- migration:
DROP TABLE IF EXISTS roles;

-- case: a backup is asked for, and named
-- set: require-backup = true
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
-- migration:
-- Backup: the nightly one
-- ===== UP =====
ALTER TABLE users DROP COLUMN name;
