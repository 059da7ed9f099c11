-- engine: postgres
-- version: 15

-- case: varchar is preferred
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, name varchar(100), body text, code text CHECK (length(code) = 2));

-- case: text is preferred
-- set: prefer = text
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, name text, free varchar);
