-- engine: mysql
-- version: 8.0.36

-- case: a value goes
-- given:
CREATE TABLE t (id INT PRIMARY KEY, s ENUM('a','b','c'));
-- migration:
ALTER TABLE t MODIFY s ENUM('a','c');

-- case: a value in the middle
-- given:
CREATE TABLE t (id INT PRIMARY KEY, s ENUM('a','b'));
-- migration:
ALTER TABLE t MODIFY s ENUM('a','it''s','b') NOT NULL;

-- case: a SET in another order
-- given:
CREATE TABLE t (id INT PRIMARY KEY, f SET('x','y'));
-- migration:
ALTER TABLE t MODIFY f SET('y','x');

-- case: another byte
-- given:
CREATE TABLE t (id INT PRIMARY KEY, f SET('1','2','3','4','5','6','7','8'));
-- migration:
ALTER TABLE t MODIFY f SET('1','2','3','4','5','6','7','8','9');

-- case: taken back
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id INT PRIMARY KEY, s ENUM('a','b'));
-- migration:
-- ===== UP =====
ALTER TABLE t MODIFY s ENUM('a','b','c');
-- ===== DOWN =====
ALTER TABLE t MODIFY s ENUM('a','b');
