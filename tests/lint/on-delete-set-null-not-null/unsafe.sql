-- engine: postgres
-- version: 15

-- case: with the column
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE SET NULL
);

-- case: later, and of a column of the primary key
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL);
-- migration:
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users ON UPDATE SET NULL;
CREATE TABLE members (user_id bigint REFERENCES users ON DELETE SET NULL, team_id bigint,
    PRIMARY KEY (user_id, team_id));

-- case: SET DEFAULT without one
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE orders ADD COLUMN user_id bigint NOT NULL REFERENCES users ON DELETE SET DEFAULT;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL,
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL);
