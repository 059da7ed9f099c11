-- engine: mysql
-- version: 8.0.36

-- case: AUTO_INCREMENT
-- given:
CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY);
-- migration:
ALTER TABLE t MODIFY id BIGINT;

-- case: NOT NULL, a default and a comment
-- given:
CREATE TABLE t (id INT PRIMARY KEY, state VARCHAR(20) NOT NULL DEFAULT 'it''s new' COMMENT 'where it is');
-- migration:
ALTER TABLE t MODIFY state VARCHAR(30);

-- case: a sign
-- given:
CREATE TABLE t (id INT PRIMARY KEY, n INT UNSIGNED NOT NULL);
-- migration:
ALTER TABLE t CHANGE n m BIGINT NOT NULL;

-- case: a character set and a collation
-- given:
CREATE TABLE t (id INT PRIMARY KEY, code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin);
-- migration:
ALTER TABLE t MODIFY code VARCHAR(30);

-- case: what a fix can't write
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id INT PRIMARY KEY, at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, b INT AS (id + 1) STORED);
-- migration:
ALTER TABLE t MODIFY at DATETIME;
ALTER TABLE t MODIFY b INT;
