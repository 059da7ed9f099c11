-- engine: postgres
-- version: 15

-- case: short ones
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, name varchar(255), url varchar(1000), body text);

-- case: MySQL: with a key
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, url varchar(700) NOT NULL, name varchar(255), UNIQUE KEY u (url));
