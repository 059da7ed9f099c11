-- engine: postgres
-- version: 15

-- case: said
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE CASCADE);
ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users ON DELETE RESTRICT;
