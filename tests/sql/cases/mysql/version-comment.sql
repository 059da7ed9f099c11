/*!40101 SET NAMES utf8mb4 */;
/*!50503 SET character_set_client = utf8mb4 */;
SELECT /*!50000 STRAIGHT_JOIN */ 1;
