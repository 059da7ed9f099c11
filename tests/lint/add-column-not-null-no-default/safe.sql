-- engine: postgres
-- version: 15

-- case: a constant default
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN plan text NOT NULL DEFAULT 'free';

-- case: nullable
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN plan text;

-- case: columns that have values by themselves
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN a bigint GENERATED ALWAYS AS IDENTITY;
ALTER TABLE users ADD COLUMN b bigserial NOT NULL;
ALTER TABLE users ADD COLUMN c bigint NOT NULL GENERATED ALWAYS AS (id * 2) STORED;

-- case: a domain with a default
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE DOMAIN plan AS text DEFAULT 'free';
-- migration:
ALTER TABLE users ADD COLUMN plan plan NOT NULL;

-- case: a table that this migration makes
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
ALTER TABLE users ADD COLUMN plan text NOT NULL;

-- case: it is there already
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, plan text NOT NULL);
-- migration:
ALTER TABLE users ADD COLUMN IF NOT EXISTS plan text NOT NULL;

-- case: MySQL invents values, which is another rule's
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN plan varchar(20) NOT NULL;
