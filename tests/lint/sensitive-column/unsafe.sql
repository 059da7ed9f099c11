-- engine: postgres

-- case: a new table
-- migration:
CREATE TABLE users (
    id bigint PRIMARY KEY,
    password text NOT NULL,
    ssn varchar(11)
);

-- case: a new column
-- given:
CREATE TABLE accounts (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE accounts ADD COLUMN stripe_api_key text;

-- case: on MySQL
-- engine: mysql
-- migration:
CREATE TABLE payments (id bigint PRIMARY KEY, card_number varchar(20), access_token text);

-- case: on SQLite
-- engine: sqlite
-- migration:
CREATE TABLE payments (id integer PRIMARY KEY, client_secret VARCHAR(40));
