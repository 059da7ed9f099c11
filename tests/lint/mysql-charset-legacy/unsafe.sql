-- engine: mysql

-- case: a table
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(20)) DEFAULT CHARSET=utf8;

-- case: columns, by their collation, too
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(20) CHARACTER SET latin1, b VARCHAR(20) COLLATE utf8mb3_general_ci);

-- case: added
-- engine: mariadb
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN a VARCHAR(20) CHARACTER SET utf8;
