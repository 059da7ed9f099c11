SET @a := 1, @`b;` = 2, @'c;' = 3, @@global.x = 4;SELECT @a;
