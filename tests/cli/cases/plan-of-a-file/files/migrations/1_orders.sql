CREATE TABLE orders (id bigint, code varchar(100));
