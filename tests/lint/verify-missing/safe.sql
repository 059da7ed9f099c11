-- engine: postgres
-- version: 15

-- case: with VERIFY
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score int);
-- migration:
-- ===== UP =====
UPDATE users SET score = 0 WHERE score IS NULL;
-- ===== VERIFY =====
SELECT count(*) = 0 FROM users WHERE score IS NULL;

-- case: nothing that could have gone wrong
-- migration:
CREATE TABLE roles (id bigint PRIMARY KEY);
ALTER TABLE roles ADD CONSTRAINT positive CHECK (id > 0);
