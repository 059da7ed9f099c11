-- engine: postgres
-- version: 15

-- case: a new table that references one in use
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE likes (user_id bigint REFERENCES users);

-- case: two tables in use in one statement
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE posts (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE likes (user_id bigint REFERENCES users, post_id bigint, FOREIGN KEY (post_id) REFERENCES posts);

-- case: two of them in one transaction
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE posts (id bigint PRIMARY KEY);
CREATE TABLE likes (user_id bigint, post_id bigint);
-- migration:
ALTER TABLE likes ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;
ALTER TABLE likes ADD FOREIGN KEY (post_id) REFERENCES posts NOT VALID;

-- case: a new column of a table in use
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE likes (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE likes ADD COLUMN user_id bigint REFERENCES users;

-- case: several in one statement are one finding
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE posts (id bigint PRIMARY KEY);
CREATE TABLE likes (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE likes ADD COLUMN n int, ADD COLUMN user_id bigint REFERENCES users, ADD COLUMN post_id bigint REFERENCES posts;
