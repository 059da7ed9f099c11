\echo Use "CREATE EXTENSION x" to load this file. \quit
SELECT 1;
