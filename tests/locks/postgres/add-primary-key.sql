CREATE TABLE t (a int);
-- measured:
ALTER TABLE t ADD PRIMARY KEY (a);
