-- engine: postgres
-- version: 15

-- case: varchar
-- migration:
CREATE TABLE countries (id bigint PRIMARY KEY, code varchar(2) NOT NULL, flag "char");

-- case: MySQL takes blanks off again
-- engine: mysql
-- migration:
CREATE TABLE countries (id bigint PRIMARY KEY, code char(2));
