-- engine: postgres
-- version: 15

-- case: it isn't used any more
-- given:
CREATE TYPE status AS ENUM ('open', 'done');
CREATE TABLE t (id bigint PRIMARY KEY, status status);
-- migration:
ALTER TABLE t ADD CONSTRAINT chk_t_status CHECK (status <> 'done') NOT VALID;
