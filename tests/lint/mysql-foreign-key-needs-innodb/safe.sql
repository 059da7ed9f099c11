-- engine: mysql
-- version: 8.0.36

-- case: InnoDB, said or not
-- given:
CREATE TABLE p (id BIGINT PRIMARY KEY);
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY, pid BIGINT, FOREIGN KEY (pid) REFERENCES p (id)) ENGINE=InnoDB;
CREATE TABLE d (id BIGINT PRIMARY KEY, pid BIGINT, FOREIGN KEY (pid) REFERENCES p (id));

-- case: no key
-- migration:
CREATE TABLE c (id BIGINT PRIMARY KEY) ENGINE=MyISAM;
