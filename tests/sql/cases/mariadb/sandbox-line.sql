/*M!999999\- enable the sandbox mode */ 
/*!999999\- enable the sandbox mode */ 
-- MariaDB dump
SELECT 1;
