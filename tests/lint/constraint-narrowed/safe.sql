-- engine: postgres
-- version: 15

-- case: the list grows
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, state text, CONSTRAINT t_state CHECK (state IN ('open', 'done')));
-- migration:
ALTER TABLE t DROP CONSTRAINT t_state;
ALTER TABLE t ADD CONSTRAINT t_state CHECK (state IN ('open', 'done', 'late'));

-- case: rows are updated first
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, state text, CONSTRAINT t_state CHECK (state IN ('open', 'late')));
-- migration:
UPDATE t SET state = 'open' WHERE state = 'late';
ALTER TABLE t DROP CONSTRAINT t_state;
ALTER TABLE t ADD CONSTRAINT t_state CHECK (state IN ('open'));

-- case: a wider bound, a default within
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, n int CONSTRAINT n_max CHECK (n < 10), state text DEFAULT 'open');
-- migration:
ALTER TABLE t DROP CONSTRAINT n_max, ADD CONSTRAINT n_max CHECK (n < 100);
ALTER TABLE t ADD CONSTRAINT t_state CHECK (state IN ('open', 'done')) NOT VALID;
