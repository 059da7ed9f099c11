-- engine: mysql
-- version: 8.0.36

-- case: appended
-- given:
CREATE TABLE t (id INT PRIMARY KEY, s ENUM('a','b'), f SET('x','y'));
-- migration:
ALTER TABLE t MODIFY s ENUM('a','b','c');
ALTER TABLE t MODIFY f SET('x','y','z');

-- case: the same values
-- given:
CREATE TABLE t (id INT PRIMARY KEY, s ENUM('a','b'));
-- migration:
ALTER TABLE t MODIFY s ENUM('a','b') NOT NULL;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id INT PRIMARY KEY, s ENUM('a','b'));
ALTER TABLE t MODIFY s ENUM('b');

-- case: another type
-- given:
CREATE TABLE t (id INT PRIMARY KEY, s ENUM('a','b'));
-- migration:
ALTER TABLE t MODIFY s VARCHAR(20);
