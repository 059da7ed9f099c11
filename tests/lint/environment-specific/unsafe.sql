-- engine: postgres
-- version: 15

-- case: roles, owners and tablespaces
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
CREATE ROLE app LOGIN;
ALTER TABLE users OWNER TO app;
ALTER TABLE users SET TABLESPACE fast;

-- case: a file of the server's
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
COPY users FROM '/srv/users.csv';

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- migration:
USE shop;
CREATE USER 'app'@'%' IDENTIFIED BY 'x';
CREATE TABLE shop.users (id bigint PRIMARY KEY);
