-- engine: postgres

-- case: IS NULL, and an assignment
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
UPDATE users SET email = NULL WHERE email IS NOT NULL AND id < 10;

-- case: IS DISTINCT FROM
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
DELETE FROM users WHERE email IS NOT DISTINCT FROM NULL;

-- case: NOT IN a column that is never NULL
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL);
-- migration:
DELETE FROM users WHERE id NOT IN (SELECT user_id FROM orders);

-- case: the NULLs are left out
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
DELETE FROM users WHERE id NOT IN (SELECT user_id FROM orders WHERE user_id IS NOT NULL);

-- case: a table that nobody knows
-- migration:
DELETE FROM users WHERE id NOT IN (SELECT user_id FROM orders);

-- case: NOT EXISTS
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
DELETE FROM users WHERE NOT EXISTS (SELECT 1 FROM orders WHERE orders.user_id = users.id);

-- case: an argument and a result of CASE
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
UPDATE users SET email = CASE WHEN id = 1 THEN NULL ELSE email END WHERE NOT email <=> NULL;
