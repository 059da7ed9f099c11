CREATE PROCEDURE p()
outer_one: BEGIN
  again: LOOP
    LEAVE again;
  END LOOP again;
  `b`: WHILE 1 DO ITERATE b; END WHILE b;
  c:REPEAT SET @x=1; UNTIL 1 END REPEAT c;
END outer_one;
SELECT 1;
