CREATE TYPE mood AS ENUM ('ok');
-- measured:
ALTER TYPE mood ADD VALUE 'new';
