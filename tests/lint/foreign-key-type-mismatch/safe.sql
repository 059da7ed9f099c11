-- engine: postgres
-- version: 15

-- case: the same
-- given:
CREATE TABLE users (id bigserial PRIMARY KEY, email text UNIQUE, key uuid UNIQUE);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users,
    email varchar(320) REFERENCES users (email), key uuid REFERENCES users (key));

-- case: a type of somebody's own
-- given:
CREATE DOMAIN user_id AS bigint;
CREATE TABLE users (id user_id PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);

-- case: MySQL, texts of different lengths
-- engine: mysql
-- given:
CREATE TABLE users (id bigint unsigned PRIMARY KEY, code varchar(10) UNIQUE);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint unsigned, code varchar(20),
    FOREIGN KEY (user_id) REFERENCES users (id), FOREIGN KEY (code) REFERENCES users (code));
