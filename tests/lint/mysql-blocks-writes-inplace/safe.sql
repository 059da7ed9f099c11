-- engine: mysql
-- version: 8.0.36

-- case: an ordinary index
-- given:
CREATE TABLE posts (id BIGINT PRIMARY KEY, body TEXT, title VARCHAR(40));
-- migration:
CREATE INDEX posts_title ON posts (title);

-- case: a table that this migration makes
-- migration:
CREATE TABLE posts (id BIGINT PRIMARY KEY, body TEXT);
ALTER TABLE posts ADD FULLTEXT INDEX ft (body);

-- case: with the table
-- migration:
CREATE TABLE posts (id BIGINT PRIMARY KEY, body TEXT, FULLTEXT INDEX ft (body));
