-- engine: postgres
-- version: 15

-- case: a valid CHECK proves it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, CONSTRAINT c CHECK (email IS NOT NULL));
-- migration:
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT c;

-- case: an arm of the CHECK proves it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text, CONSTRAINT c CHECK (email IS NOT NULL AND email <> ''));
-- migration:
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case: the CHECK is validated by an earlier migration of the run
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration: 1_check
ALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;
-- migration: 2_validate
ALTER TABLE users VALIDATE CONSTRAINT c;
-- migration: 3_set
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case: NOT NULL already
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
-- migration:
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case: 18's constraint, not valid yet
-- version: 18
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
ALTER TABLE users ADD CONSTRAINT nn NOT NULL email NOT VALID;

-- case: a table that this migration makes
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
