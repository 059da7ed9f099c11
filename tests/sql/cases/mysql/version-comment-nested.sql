/*!50003 SELECT /* in; */ 1 */;SELECT 2;
