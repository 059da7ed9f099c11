-- engine: postgres
-- version: 15

-- case: its own
-- migration:
CREATE TABLE users (uid bigint PRIMARY KEY);

-- case: another's
-- migration:
CREATE TABLE users (person_id uuid, PRIMARY KEY (person_id));
