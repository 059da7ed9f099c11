CREATE TABLE orders (id integer, total integer);
