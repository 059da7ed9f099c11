-- engine: mysql
-- version: 8.0.36

-- case: no mode at all
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a INT);
-- migration:
SET sql_mode = '';
ALTER TABLE t MODIFY a INT NOT NULL;

-- case: another one
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(20));
-- migration:
SET SESSION sql_mode = 'ANSI_QUOTES';
ALTER TABLE t MODIFY a VARCHAR(20) NOT NULL;
