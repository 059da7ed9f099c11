COPY public.t FROM stdin WITH (FORMAT csv, DELIMITER ';');
a;b
\.

COPY "from" FROM STDIN WHERE a > 1; -- the data
x
\.
