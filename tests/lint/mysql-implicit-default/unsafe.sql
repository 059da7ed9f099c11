-- engine: mysql
-- version: 8.0.36

-- case: everybody becomes the first value
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN role ENUM('admin','user') NOT NULL;

-- case: numbers and texts
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN n INT NOT NULL, ADD COLUMN name VARCHAR(20) NOT NULL;

-- case: a date, which is refused
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN at DATETIME NOT NULL;
UPDATE t SET at = NOW();

-- case: a date, which isn't
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN at DATETIME NOT NULL;

-- case: an UPDATE of something else
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, m INT);
-- migration:
ALTER TABLE t ADD COLUMN n INT NOT NULL;
UPDATE t SET m = 1 WHERE id = 1;
