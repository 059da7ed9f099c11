-- engine: postgres
-- version: 15

-- case: the column may be NULL, or has a default
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users ON DELETE SET NULL,
    other_id bigint NOT NULL DEFAULT 0 REFERENCES users ON DELETE SET DEFAULT);
ALTER TABLE notes ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users ON DELETE SET NULL;

-- case: CASCADE
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE);
