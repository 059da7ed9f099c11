DELIMITER //
SELECT '//', `//`, "//" /* // */ -- //
# //
//
DELIMITER ;
