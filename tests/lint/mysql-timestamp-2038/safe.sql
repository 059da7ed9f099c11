-- engine: mysql

-- case: bookkeeping, and another type
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, updated_at TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP, due DATETIME(6));

-- case: MariaDB that goes further
-- engine: mariadb
-- version: 11.5.2
-- migration:
CREATE TABLE t (id BIGINT PRIMARY KEY, due TIMESTAMP NULL);
