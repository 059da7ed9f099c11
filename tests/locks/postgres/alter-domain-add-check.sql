CREATE DOMAIN plain AS int;
CREATE DOMAIN checked AS int CHECK (VALUE > 0);
CREATE TABLE td (id int PRIMARY KEY, d plain);
-- measured:
ALTER DOMAIN plain ADD CONSTRAINT c CHECK (VALUE > 0);
