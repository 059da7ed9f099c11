-- engine: postgres
-- version: 15

-- case: varchar is preferred
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, last_name text);

-- case: text is preferred
-- set: prefer = text
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, name varchar(100) NOT NULL);
