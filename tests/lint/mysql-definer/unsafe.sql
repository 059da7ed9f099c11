-- engine: mysql

-- case: a view
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
CREATE DEFINER=`anna`@`%` VIEW v AS SELECT id FROM t;

-- case: a procedure and a trigger
-- engine: mariadb
-- given:
CREATE TABLE t (id BIGINT PRIMARY KEY);
-- migration:
CREATE DEFINER=`anna`@`localhost` PROCEDURE p() SELECT 1;
CREATE DEFINER=`anna`@`localhost` TRIGGER t_b BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1;
