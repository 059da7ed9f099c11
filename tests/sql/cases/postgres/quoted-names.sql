CREATE TABLE "a;b" ("it""s;" int, U&"x;" int);SELECT "c'";
