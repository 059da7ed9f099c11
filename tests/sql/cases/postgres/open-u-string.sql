SELECT
 U&'a;
