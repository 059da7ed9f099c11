-- engine: postgres
-- version: 15

-- case: a CHECK
-- given:
CREATE DOMAIN email AS text;
CREATE TABLE users (email email);
CREATE TABLE orders (sent_to email);
-- migration:
ALTER DOMAIN email ADD CHECK (VALUE LIKE '%@%');

-- case: NOT NULL
-- given:
CREATE DOMAIN email AS text;
CREATE TABLE users (email email);
-- migration:
ALTER DOMAIN email SET NOT NULL;

-- case: a validation
-- given:
CREATE DOMAIN email AS text;
ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE LIKE '%@%') NOT VALID;
CREATE TABLE users (email email);
-- migration:
ALTER DOMAIN email VALIDATE CONSTRAINT c;
