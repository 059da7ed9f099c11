-- engine: postgres
-- version: 15

-- case: lower case
-- migration:
CREATE TABLE "users" (id bigint PRIMARY KEY, "name" text, N int);

-- case: MySQL: columns don't differ by case
-- engine: mysql
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, firstName text);
