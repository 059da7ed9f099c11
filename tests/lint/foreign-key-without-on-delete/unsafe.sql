-- engine: postgres
-- version: 15

-- case: of a column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, user_id bigint REFERENCES users);

-- case: of a table
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, user_id bigint, FOREIGN KEY (user_id) REFERENCES users (id) ON UPDATE CASCADE);

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD FOREIGN KEY (user_id) REFERENCES users (id);
