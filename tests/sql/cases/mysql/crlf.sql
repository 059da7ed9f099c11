SELECT 1;
# c;
-- d;
SELECT 'a
b';
DELIMITER //
SELECT 3; //
DELIMITER ;
SELECT 4;
