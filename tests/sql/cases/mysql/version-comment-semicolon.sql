SELECT 0;
/*!40101 SET @a = 1; SET @b = 2 */;
