-- engine: postgres

-- case: the pattern begins with letters
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE VIEW staff AS SELECT id FROM users WHERE email LIKE 'staff-%';

-- case: an index of trigrams
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX idx_users_email_trgm ON users USING gin (email gin_trgm_ops);
-- migration:
CREATE VIEW staff AS SELECT id FROM users WHERE email LIKE '%@example.org';

-- case: a small table
-- rows: users = 50
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE VIEW staff AS SELECT id FROM users WHERE email LIKE '%@example.org';

-- case: done once
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, staff boolean);
-- migration:
UPDATE users SET staff = true WHERE email LIKE '%@example.org';

-- case: not what decides on rows
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE VIEW marked AS SELECT id, email LIKE '%@example.org' AS staff FROM users;
