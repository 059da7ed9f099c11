-- engine: postgres
-- version: 15

-- case: the objects by name
-- given:
CREATE SCHEMA billing;
CREATE TABLE billing.invoices (id bigint PRIMARY KEY);
-- migration:
DROP TABLE billing.invoices;

-- case: made by this migration
-- migration:
CREATE SCHEMA scratch;
CREATE TABLE scratch.a (id bigint);
DROP SCHEMA scratch CASCADE;
