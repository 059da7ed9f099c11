CREATE TABLE t (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, a int, b int NOT NULL DEFAULT 0, name varchar(50), note text, e enum('x','y'), KEY name_k (name)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
-- measured:
CREATE UNIQUE INDEX ai ON t (a);
