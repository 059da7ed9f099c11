-- engine: postgres
-- version: 15

-- case: prefixes
-- migration:
CREATE TABLE tbl_users (id bigint PRIMARY KEY, fld_name text);

-- case: a letter
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, a int);
