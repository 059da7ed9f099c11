CREATE TABLE items (id int PRIMARY KEY);
ALTER TABEL items ADD b int;
