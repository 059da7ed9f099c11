/*!40101 SET NAMES utf8mb4 */;
/*!40014 SET FOREIGN_KEY_CHECKS=0 */;
# The shop's; tables
CREATE TABLE customer (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY, -- it's; the key
  name varchar(100) NOT NULL DEFAULT 'no;body' COMMENT "say ""x;""",
  `odd;name` varchar(20) DEFAULT 'a\';b', # c;
  note text /* ; */
) ENGINE=InnoDB /*!40100 DEFAULT CHARSET=utf8mb4 */;
--
CREATE TABLE log (id int AUTO_INCREMENT PRIMARY KEY, what varchar(200));
INSERT INTO customer (name, note) VALUES ('it''s; one', "two;"), ('C:\\', 'x\\\';y'), (_utf8mb4'ü;', N'z;');
DELIMITER //
CREATE PROCEDURE clean(IN a int)
BEGIN
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; END;
  IF a > 0 THEN DELETE FROM log WHERE id < a; ELSE DELETE FROM log; END IF;
END//
CREATE TRIGGER customer_log AFTER UPDATE ON customer FOR EACH ROW
BEGIN
  INSERT INTO log (what) VALUES (CONCAT('changed; // ', OLD.name)); -- //
END //
DELIMITER ;
CREATE FUNCTION plus(a int, b int) RETURNS int DETERMINISTIC RETURN a + b;
CREATE VIEW names AS SELECT name, CASE WHEN id > 1 THEN 'x;' ELSE 'y' END AS kind FROM customer;
UPDATE customer SET note = 5--1 WHERE id = 2;
DELIMITER $$
CREATE EVENT sweep ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01 00:00:00' DISABLE DO BEGIN CALL clean(1); CALL clean(2); END $$
DELIMITER ;
ALTER TABLE log ADD COLUMN at datetime NULL\g
CREATE INDEX log_at ON log (at);
