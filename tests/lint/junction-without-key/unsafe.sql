-- engine: postgres
-- version: 15

-- case: no key
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE roles (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE user_roles (user_id bigint REFERENCES users, role_id bigint REFERENCES roles, created_at timestamptz);

-- case: SQLite
-- engine: sqlite
-- given:
CREATE TABLE users (id INTEGER PRIMARY KEY);
CREATE TABLE roles (id INTEGER PRIMARY KEY);
-- migration:
CREATE TABLE user_roles (user_id INTEGER NOT NULL REFERENCES users (id), role_id INTEGER NOT NULL REFERENCES roles (id));
