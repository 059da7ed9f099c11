-- engine: mysql
-- version: 8.0.36

-- case: FULLTEXT
-- given:
CREATE TABLE posts (id BIGINT PRIMARY KEY, body TEXT);
-- migration:
ALTER TABLE posts ADD FULLTEXT INDEX ft (body);

-- case: SPATIAL
-- given:
CREATE TABLE posts (id BIGINT PRIMARY KEY, place POINT NOT NULL SRID 4326);
-- migration:
ALTER TABLE posts ADD SPATIAL INDEX posts_place (place);

-- case: an index on an expression
-- given:
CREATE TABLE posts (id BIGINT PRIMARY KEY, title VARCHAR(40));
-- migration:
CREATE INDEX posts_lower ON posts ((lower(title)));

-- case: AUTO_INCREMENT
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE posts (title VARCHAR(40));
-- migration:
ALTER TABLE posts ADD COLUMN id BIGINT NOT NULL AUTO_INCREMENT UNIQUE;
