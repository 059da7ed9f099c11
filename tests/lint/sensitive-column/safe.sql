-- engine: postgres

-- case: hashes, and what isn't the secret itself
-- migration:
CREATE TABLE users (
    id bigint PRIMARY KEY,
    password_hash text,
    password_digest text,
    card_number_encrypted text,
    token_type text,
    password_changed_at timestamptz
);

-- case: no text
-- migration:
CREATE TABLE calls (id bigint PRIMARY KEY, token bigint, secret bytea);

-- case: for one session
-- migration:
CREATE TEMPORARY TABLE wanted (password text);
