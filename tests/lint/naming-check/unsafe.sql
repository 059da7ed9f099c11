-- engine: postgres
-- version: 15

-- case: it isn't
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, age int CONSTRAINT check1 CHECK (age > 0));

-- case: strict
-- set: naming = strict
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, age int);
-- migration:
ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;
