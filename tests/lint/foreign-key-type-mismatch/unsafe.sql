-- engine: postgres
-- version: 15

-- case: a narrower integer
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id int REFERENCES users (id));

-- case: a text, and a column that is there already
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id text);
-- migration:
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE orders ADD COLUMN other_id uuid REFERENCES users;

-- case: MySQL, size and sign
-- engine: mysql
-- given:
CREATE TABLE users (id bigint unsigned PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, a int unsigned, b bigint,
    FOREIGN KEY (a) REFERENCES users (id), FOREIGN KEY (b) REFERENCES users (id));

-- case: MySQL, another character set
-- engine: mysql
-- given:
CREATE TABLE users (code varchar(10) CHARACTER SET latin1 PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, code varchar(10) CHARACTER SET utf8mb4,
    FOREIGN KEY (code) REFERENCES users (code));
