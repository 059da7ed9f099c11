-- engine: postgres
-- version: 15

-- case: nothing uses the domain
-- given:
CREATE DOMAIN email AS text;
-- migration:
ALTER DOMAIN email ADD CHECK (VALUE LIKE '%@%');

-- case: NOT VALID
-- given:
CREATE DOMAIN email AS text;
CREATE TABLE users (email email);
-- migration:
ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE LIKE '%@%') NOT VALID;

-- case: only a table that this migration makes uses it
-- given:
CREATE DOMAIN email AS text;
-- migration:
CREATE TABLE users (email email);
ALTER DOMAIN email SET NOT NULL;

-- case: from 19 on a validation lets writes go on
-- version: 19
-- given:
CREATE DOMAIN email AS text;
ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE LIKE '%@%') NOT VALID;
CREATE TABLE users (email email);
-- migration:
ALTER DOMAIN email VALIDATE CONSTRAINT c;
