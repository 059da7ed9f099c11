-- engine: postgres
-- version: 15

-- case: a table's name with a slip
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE usr ADD COLUMN a int;

-- case: tables in queries
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW v AS SELECT id FROM usres;
INSERT INTO users SELECT id FROM archive.users;

-- case: columns
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, user_name text);
-- migration:
ALTER TABLE users DROP COLUMN username, ALTER COLUMN plan SET NOT NULL;
CREATE INDEX ON users (mail);
INSERT INTO users (id, mail) VALUES (1, 'a');
UPDATE users SET mail = 'a';

-- case: a foreign key's parent, and its columns
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
ALTER TABLE orders ADD FOREIGN KEY (usr_id) REFERENCES users (id);
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES usr (id);

-- case: a constraint and an index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users DROP CONSTRAINT users_mail_key;
DROP INDEX users_mail_idx;

-- case: it is dropped already
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
DROP TABLE users;
TRUNCATE users;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users MODIFY COLUMN plan int;
ALTER TABLE users DROP INDEX i;

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY);
-- migration:
ALTER TABLE users RENAME COLUMN plan TO level;

-- case: in DOWN
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
-- ===== UP =====
ALTER TABLE users ADD COLUMN plan text;
-- ===== DOWN =====
ALTER TABLE users DROP COLUMN plans;
