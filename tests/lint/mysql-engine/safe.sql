-- engine: mysql

-- case: InnoDB, said or not
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY) ENGINE=innodb;
CREATE TABLE u (id BIGINT PRIMARY KEY);
ALTER TABLE u ENGINE=InnoDB;

-- case: another one that is allowed
-- set: engines = InnoDB, MEMORY
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY) ENGINE=Memory;
