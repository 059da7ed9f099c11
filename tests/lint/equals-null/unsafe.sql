-- engine: postgres

-- case: WHERE
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
DELETE FROM users WHERE email = NULL;

-- case: a CHECK that keeps nothing out
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, email text CHECK (email <> NULL));

-- case: a function
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE FUNCTION nameless() RETURNS SETOF bigint LANGUAGE sql AS $$
SELECT id FROM users WHERE email = NULL::text
$$;

-- case: a partial index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE INDEX CONCURRENTLY idx_users_email ON users (email) WHERE email != NULL;

-- case: NOT IN a column that may be NULL
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
DELETE FROM users WHERE id NOT IN (SELECT user_id FROM orders);

-- case: NOT IN a list with NULL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, kind int);
-- migration:
DELETE FROM users WHERE kind NOT IN (1, NULL);

-- case: a trigger of SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id integer PRIMARY KEY, email text);
-- migration:
CREATE TRIGGER clean AFTER INSERT ON users BEGIN
  DELETE FROM users WHERE email == NULL;
END;
