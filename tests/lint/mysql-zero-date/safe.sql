-- engine: mysql

-- case: a real date, and none
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, a DATE DEFAULT NULL, b DATETIME DEFAULT '2000-01-01 00:00:00', c VARCHAR(10) DEFAULT '0000-00-00');
