-- engine: postgres
-- version: 15

-- case: none
-- migration:
CREATE TABLE roles (id bigint PRIMARY KEY);

-- case: an empty one
-- migration:
-- ===== UP =====
CREATE TABLE roles (id bigint PRIMARY KEY);
-- ===== DOWN =====

-- case: rows are something to take back, too
-- engine: sqlite
-- given:
CREATE TABLE roles (id integer PRIMARY KEY);
-- migration:
INSERT INTO roles (id) VALUES (1);

-- case: the header says how, but not that there is no way
-- migration:
-- Rollback: by hand
-- ===== UP =====
CREATE TABLE roles (id bigint PRIMARY KEY);
