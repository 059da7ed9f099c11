-- engine: postgres
-- version: 15

-- case: names
-- migration:
CREATE TABLE points (id bigint PRIMARY KEY, x int, y int, page_no int);
