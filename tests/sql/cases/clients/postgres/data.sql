\encoding UTF8
SET client_encoding = 'UTF8';
CREATE TABLE t (id int, note text, more text);
COPY t (id, note, more) FROM stdin;
1	it's; one	\N
2	$$	--
3	\\.	/*
4	-- migrate:no-transaction	ü
\.

COPY t FROM STDIN WITH (FORMAT csv, DELIMITER ';');
5;"a
b";c
\.
copy t from stdin; -- none
\.
CREATE TABLE u AS SELECT * FROM t;
