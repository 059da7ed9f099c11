COPY t FROM '/tmp/stdin';COPY t TO STDOUT;COPY (SELECT a FROM stdin) TO '/tmp/x';COPY t FROM PROGRAM 'cat stdin';SELECT 1;
