CREATE TABLE items (id bigint PRIMARY KEY);
ALTER TABEL items ADD b int;
