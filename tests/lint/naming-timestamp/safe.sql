-- engine: postgres
-- version: 15

-- case: _at and _on
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY, created_at timestamptz, born_on date, birthday date, valid_from timestamptz, login_time timestamptz);
