CREATE TABLE a (id int);
ALTER TABEL a ADD b int;
