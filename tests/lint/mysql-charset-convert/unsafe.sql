-- engine: mysql
-- version: 8.0.36

-- case: converted
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(20)) CHARACTER SET utf8mb3;
-- migration:
ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4;

-- case: for new columns
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(20)) CHARACTER SET utf8mb3;
-- migration:
ALTER TABLE t DEFAULT CHARACTER SET utf8mb4;

-- case: writers go on
-- engine: mariadb
-- version: 11.4.2
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(20)) CHARACTER SET utf8mb3;
-- migration:
ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4;
