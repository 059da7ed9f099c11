INSERT INTO `t;` (`a;`) VALUES (';', ";", '\';', '\\') /* ; */ -- ;
# ;
;SELECT 1;
