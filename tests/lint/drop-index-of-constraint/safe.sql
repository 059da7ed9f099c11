-- engine: postgres
-- version: 15

-- case: the constraint instead
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
-- migration:
ALTER TABLE users DROP CONSTRAINT users_email_key;

-- case: an index by itself
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE UNIQUE INDEX uq_users_email ON users (email);
-- migration:
DROP INDEX CONCURRENTLY uq_users_email;

-- case: another index serves the foreign key
-- engine: mysql
-- given:
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, p_id bigint, a int, KEY i (p_id), KEY j (p_id, a),
    FOREIGN KEY (p_id) REFERENCES p (id));
-- migration:
ALTER TABLE t DROP INDEX i;
