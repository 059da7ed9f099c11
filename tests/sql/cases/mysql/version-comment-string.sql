/*!40101 SET @a = '; */ ' */;SELECT 2;
