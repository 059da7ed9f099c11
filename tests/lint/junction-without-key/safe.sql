-- engine: postgres
-- version: 15

-- case: a key over both
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE roles (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE user_roles (user_id bigint REFERENCES users, role_id bigint REFERENCES roles, PRIMARY KEY (user_id, role_id));

-- case: a unique index
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE roles (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE user_roles (user_id bigint REFERENCES users, role_id bigint REFERENCES roles);
CREATE UNIQUE INDEX u ON user_roles (role_id, user_id);

-- case: more than pairs
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE roles (id bigint PRIMARY KEY);
-- migration:
CREATE TABLE grants (user_id bigint REFERENCES users, role_id bigint REFERENCES roles, reason text);
