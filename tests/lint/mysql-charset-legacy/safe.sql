-- engine: mysql

-- case: utf8mb4, ascii and binary
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(20), b CHAR(32) CHARACTER SET ascii, c VARCHAR(20) CHARACTER SET binary) CHARACTER SET utf8mb4;

-- case: what the column has is only repeated
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(20) CHARACTER SET latin1);
-- migration:
ALTER TABLE t MODIFY a VARCHAR(30) CHARACTER SET latin1;
