-- engine: mysql
-- version: 8.0.36

-- case: utf8mb4
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(50)) CHARACTER SET utf8mb4;
-- migration:
ALTER TABLE t MODIFY name VARCHAR(100);

-- case: utf8mb3, of the column
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(85) CHARACTER SET utf8mb3);
-- migration:
ALTER TABLE t MODIFY name VARCHAR(86) CHARACTER SET utf8mb3;

-- case: a character set that nothing says
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(63));
-- migration:
ALTER TABLE t CHANGE name title VARCHAR(64);

-- case: latin1, which MariaDB assumes; from 128 bytes on
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, name VARCHAR(200));
-- migration:
ALTER TABLE t MODIFY name VARCHAR(300);
