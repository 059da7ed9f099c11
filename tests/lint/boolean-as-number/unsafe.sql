-- engine: postgres
-- version: 15

-- case: numbers and letters
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, is_open int NOT NULL, has_file smallint DEFAULT 0, can_edit char(1));

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, is_open int NOT NULL);
