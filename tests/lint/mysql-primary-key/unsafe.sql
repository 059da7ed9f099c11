-- engine: mysql
-- version: 8.0.36

-- case: dropped alone
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
ALTER TABLE t DROP PRIMARY KEY;

-- case: replaced
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY, at DATE NOT NULL);
-- migration:
ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (id, at);

-- case: added
-- given:
CREATE TABLE t (id BIGINT NOT NULL);
-- migration:
ALTER TABLE t ADD PRIMARY KEY (id);

-- case: added with its column
-- engine: mariadb
-- version: 10.11.6
-- given:
CREATE TABLE t (n INT);
-- migration:
ALTER TABLE t ADD COLUMN id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY;
