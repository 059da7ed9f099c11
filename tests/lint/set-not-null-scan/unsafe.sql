-- engine: postgres
-- version: 15

-- case: nothing proves it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case: a CHECK that isn't valid proves nothing
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
ALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;
-- migration:
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case: another condition on the column proves nothing
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, age int CHECK (age > 0));
-- migration:
ALTER TABLE users ALTER COLUMN age SET NOT NULL;

-- case: before 12 a CHECK isn't looked at
-- version: 11
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text CHECK (email IS NOT NULL));
-- migration:
ALTER TABLE users ALTER COLUMN email SET NOT NULL;

-- case: the constraint of 18
-- version: 18
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
ALTER TABLE users ADD CONSTRAINT nn NOT NULL email;

-- case: a column of this migration with a constant default
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE users ADD COLUMN plan text DEFAULT 'free';
ALTER TABLE users ALTER COLUMN plan SET NOT NULL;

-- case: a table that no migration made
-- given:
DO $$ BEGIN EXECUTE format('CREATE TABLE %I (email text)', 'users'); END $$;
-- migration:
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
