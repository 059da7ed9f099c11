SELECT 'DROP TABLE ' || a FROM t \gexec
