-- engine: postgres
-- version: 15

-- case: the referenced table is new
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE likes (user_id bigint REFERENCES users);

-- case: a table that references itself
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN boss bigint REFERENCES users;

-- case: the referenced table is small
-- rows: users = 12
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE likes (user_id bigint REFERENCES users);

-- case: a table that is there already is not made
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE likes (user_id bigint REFERENCES users);
-- migration:
CREATE TABLE IF NOT EXISTS likes (user_id bigint REFERENCES users);

-- case: the safe way: a migration for each key, not valid yet
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE posts (id bigint PRIMARY KEY);
-- migration: 1_likes
CREATE TABLE likes (user_id bigint, post_id bigint);
-- migration: 2_user
SET LOCAL lock_timeout = '2s';
ALTER TABLE likes ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;
-- migration: 3_post
ALTER TABLE likes ADD FOREIGN KEY (post_id) REFERENCES posts NOT VALID;
