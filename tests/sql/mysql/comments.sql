/*!40101 SET @saved_cs_client = @@character_set_client */;
CREATE TABLE t (a INT /*!50606 STORAGE DISK */ /*!80023 INVISIBLE */);
CREATE TABLE t ( # a comment
  a INT -- another
  , /* and */ b INT);
/*!99999 this is for nobody yet */;
CREATE /*!32302 TEMPORARY */ TABLE t (a INT);
ALTER TABLE t /*!50100 PARTITION BY HASH (a) PARTITIONS 2 */;
