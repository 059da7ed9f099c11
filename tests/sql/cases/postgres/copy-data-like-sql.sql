COPY t FROM stdin;
;
-- migrate:no-transaction
\\.
 \.
'
\.
SELECT 1;
