-- engine: postgres
-- version: 15

-- case: capitals, and blanks
-- migration:
CREATE TABLE "User" (id bigint PRIMARY KEY, "firstName" text, "last name" text);

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE Users (id bigint PRIMARY KEY);
