-- engine: postgres
-- version: 15

-- case: said
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON UPDATE CASCADE);

-- case: an old table
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a ADD FOREIGN KEY (user_id) REFERENCES users (id) ON UPDATE CASCADE;
