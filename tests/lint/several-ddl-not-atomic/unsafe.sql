-- engine: mysql
-- version: 8.0.36

-- case: two
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY);
CREATE TABLE b (id bigint PRIMARY KEY);

-- case: the second looks at rows
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY);
ALTER TABLE users ADD UNIQUE INDEX users_name (name);

-- case: MariaDB
-- engine: mariadb
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));
-- migration:
ALTER TABLE users ADD COLUMN age int;
ALTER TABLE users MODIFY name varchar(20) NOT NULL;
