-- engine: postgres
-- version: 15

-- case: the table is in it
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, age int CONSTRAINT chk_users_age CHECK (age > 0) CHECK (age < 200));
