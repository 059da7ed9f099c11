-- engine: postgres
-- version: 15

-- case: with DOWN
-- migration:
-- ===== UP =====
CREATE TABLE roles (id bigint PRIMARY KEY);
-- ===== DOWN =====
DROP TABLE roles;

-- case: there is no way back, and it says so
-- migration:
-- Rollback: irreversible – the archive has them
-- ===== UP =====
DROP TABLE IF EXISTS roles;

-- case: nothing that could be taken back
-- migration:
SET statement_timeout = '5s';
ANALYZE;
SELECT 1;
