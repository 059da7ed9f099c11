-- == UP postgres ==
CREATE TABLE a (b text);
COPY a FROM stdin;
-- == DOWN ==
\.
SELECT 2;
-- == DOWN postgres ==
DROP TABLE a;
