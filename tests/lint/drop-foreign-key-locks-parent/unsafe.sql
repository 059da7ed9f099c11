-- engine: postgres
-- version: 15

-- case: among other changes
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE likes (id bigint, user_id bigint CONSTRAINT fk_likes_user REFERENCES users);
-- migration:
ALTER TABLE likes ADD COLUMN n int;
ALTER TABLE likes DROP CONSTRAINT fk_likes_user;

-- case: a table with keys to two others
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE posts (id bigint PRIMARY KEY);
CREATE TABLE likes (user_id bigint REFERENCES users, post_id bigint REFERENCES posts);
-- migration:
DROP TABLE likes;

-- case: a column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE likes (id bigint, user_id bigint REFERENCES users);
-- migration:
ALTER TABLE likes DROP COLUMN user_id;
ALTER TABLE likes ADD COLUMN n int;
