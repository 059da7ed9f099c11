-- engine: mysql
-- version: 8.0.36

-- case: everything is repeated
-- given:
CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, n INT UNSIGNED NOT NULL DEFAULT 5 COMMENT 'how many');
-- migration:
ALTER TABLE t MODIFY id BIGINT NOT NULL AUTO_INCREMENT;
ALTER TABLE t MODIFY n BIGINT UNSIGNED NOT NULL DEFAULT 7 COMMENT 'how many of them';

-- case: NULL is meant where it is written
-- given:
CREATE TABLE t (id INT PRIMARY KEY, n INT NOT NULL);
-- migration:
ALTER TABLE t MODIFY n INT NULL;

-- case: a primary key stays NOT NULL
-- given:
CREATE TABLE t (id INT NOT NULL PRIMARY KEY);
-- migration:
ALTER TABLE t MODIFY id BIGINT;

-- case: another kind of type has no sign
-- given:
CREATE TABLE t (id INT PRIMARY KEY, n INT UNSIGNED);
-- migration:
ALTER TABLE t MODIFY n VARCHAR(20);

-- case: nothing is known of it
-- migration:
ALTER TABLE t MODIFY n INT;
