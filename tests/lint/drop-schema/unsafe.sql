-- engine: postgres
-- version: 15

-- case: with what is in it
-- given:
CREATE SCHEMA billing;
CREATE TABLE billing.invoices (id bigint PRIMARY KEY);
CREATE TABLE billing.lines (id bigint PRIMARY KEY);
-- migration:
DROP SCHEMA billing CASCADE;

-- case: with tables, and nothing said of them
-- given:
CREATE SCHEMA billing;
CREATE TABLE billing.invoices (id bigint PRIMARY KEY);
-- migration:
DROP SCHEMA billing;

-- case: more tables than are named
-- given:
CREATE SCHEMA s;
CREATE TABLE s.a (id int);
CREATE TABLE s.b (id int);
CREATE TABLE s.c (id int);
CREATE TABLE s.d (id int);
CREATE TABLE s.e (id int);
CREATE TABLE s.f (id int);
-- migration:
DROP SCHEMA s CASCADE;

-- case: nothing is known to be in it
-- migration:
DROP SCHEMA billing CASCADE;

-- case: empty since this migration
-- given:
CREATE SCHEMA billing;
CREATE TABLE billing.invoices (id bigint PRIMARY KEY);
-- migration:
DROP TABLE billing.invoices;
DROP SCHEMA billing;

-- case: DOWN is what takes it back
-- migration:
-- ===== UP =====
CREATE SCHEMA billing;
-- ===== DOWN =====
DROP SCHEMA billing CASCADE;
