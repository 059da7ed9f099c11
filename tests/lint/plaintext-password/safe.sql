-- engine: postgres

-- case: a role without a password
-- migration:
CREATE ROLE app LOGIN;
ALTER ROLE app PASSWORD NULL;

-- case: what a password is checked by
-- migration:
CREATE ROLE app LOGIN PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy';

-- case: a connection without a password
-- migration:
CREATE SUBSCRIPTION orders CONNECTION 'host=primary dbname=shop user=replica' PUBLICATION orders;

-- case: MySQL makes one up
-- engine: mysql
-- version: 8.0.30
-- migration:
CREATE USER 'app'@'%' IDENTIFIED BY RANDOM PASSWORD PASSWORD EXPIRE;

-- case: a hash
-- engine: mysql
-- version: 8.0.30
-- migration:
CREATE USER 'app'@'%' IDENTIFIED WITH mysql_native_password
  AS '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29';
