-- engine: postgres

-- case: a view
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE VIEW staff AS SELECT id FROM users WHERE email ILIKE '%@example.org';

-- case: a function whose parameter is put between wildcards, of a large table
-- rows: users = 5000000
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE FUNCTION find_users(word text) RETURNS SETOF bigint LANGUAGE sql AS $$
SELECT u.id FROM users u WHERE u.email LIKE '%' || word || '%'
$$;

-- case: done once, but on a large table
-- rows: users = 5000000
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, staff boolean);
-- migration:
UPDATE users SET staff = true WHERE email LIKE '%@example.org';

-- case: a procedure on MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(200));
-- migration:
CREATE PROCEDURE find_users(word varchar(50)) SELECT id FROM users WHERE email LIKE CONCAT('%', word);
