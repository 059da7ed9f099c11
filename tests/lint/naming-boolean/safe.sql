-- engine: postgres
-- version: 15

-- case: questions
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, is_active boolean NOT NULL, has_paid boolean NOT NULL, requires_mfa boolean NOT NULL);
