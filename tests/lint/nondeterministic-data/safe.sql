-- engine: mysql
-- version: 8.0.36

-- case: values that are written out, or replicated
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, token char(36), at datetime);
-- migration:
UPDATE users SET at = now() WHERE at IS NULL;
DELETE FROM users WHERE at < '2020-01-01' ORDER BY id LIMIT 100;
SELECT uuid();

-- case: an engine that replicates rows
-- engine: postgres
-- version: 15
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, token uuid);
-- migration:
UPDATE users SET token = gen_random_uuid() WHERE id = 1;
