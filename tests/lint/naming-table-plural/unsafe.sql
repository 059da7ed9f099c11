-- engine: postgres
-- version: 15

-- case: singular
-- migration:
CREATE TABLE "user" (id bigint PRIMARY KEY);
CREATE TABLE order_item (id bigint PRIMARY KEY);
CREATE TABLE category (id bigint PRIMARY KEY);

-- case: renamed
-- given:
CREATE TABLE a (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE a RENAME TO person;
