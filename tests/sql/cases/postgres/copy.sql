COPY t (a, b) FROM stdin;
1	it's; one
2	$$
\.
SELECT 1;
