-- engine: postgres
-- version: 15

-- case: the table that was altered
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN score int;
UPDATE users SET score = 0;

-- case: writes wait for an index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score int);
-- migration:
CREATE INDEX idx_users_score ON users (score);
DELETE FROM users WHERE score < 0;

-- case: another table than the one that was altered
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric, paid boolean);
-- migration:
ALTER TABLE users ADD COLUMN score int;
UPDATE orders SET paid = true WHERE total = 0;

-- case: a copy of the altered table
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE emails (user_id bigint, email text);
-- migration:
ALTER TABLE users ADD COLUMN score int;
INSERT INTO emails (user_id, email) SELECT id, email FROM users;

-- case: the author's own transaction
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
BEGIN;
ALTER TABLE users ADD COLUMN score int;
UPDATE users SET score = 0;
COMMIT;
