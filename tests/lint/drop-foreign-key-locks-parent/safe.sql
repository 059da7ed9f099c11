-- engine: postgres
-- version: 15

-- case: alone
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE likes (id bigint, user_id bigint CONSTRAINT fk_likes_user REFERENCES users);
-- migration:
-- migrate:lock-timeout 1s
ALTER TABLE likes DROP CONSTRAINT fk_likes_user;

-- case: beside a setting
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE likes (id bigint, user_id bigint CONSTRAINT fk_likes_user REFERENCES users);
-- migration:
SET LOCAL lock_timeout = '1s';
ALTER TABLE likes DROP CONSTRAINT fk_likes_user;

-- case: a table without foreign keys
-- given:
CREATE TABLE likes (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE likes DROP CONSTRAINT likes_pkey;
DROP TABLE likes;

-- case: both tables go
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE likes (id bigint, user_id bigint REFERENCES users);
-- migration:
DROP TABLE likes, users;
DROP TABLE IF EXISTS others;

-- case: a table that this migration makes
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE likes (id bigint, user_id bigint REFERENCES users);
DROP TABLE likes;
