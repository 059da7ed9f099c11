-- engine: postgres
-- version: 15

-- case: less
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, n int, m smallint, o serial);

-- case: MySQL
-- engine: mysql
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, n int unsigned, m mediumint);
