-- engine: postgres
-- version: 15

-- case: rows, told once
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score int);
-- migration:
UPDATE users SET score = 0 WHERE score IS NULL;
UPDATE users SET score = 1 WHERE score = 0;

-- case: a constraint
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score int);
-- migration:
ALTER TABLE users ADD CONSTRAINT positive CHECK (score > 0);

-- case: data that goes
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, score int);
-- migration:
ALTER TABLE users DROP COLUMN score;
