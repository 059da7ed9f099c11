CREATE TABLE "a;" ("b""c;" int, [d;] int, `e``f;` int, [g"] int);SELECT 2;
