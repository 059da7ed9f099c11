-- engine: postgres
-- version: 15

-- case: the list loses a value
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, state text,
    CONSTRAINT t_state CHECK (state IN ('open', 'late', 'done')));
-- migration:
ALTER TABLE t DROP CONSTRAINT t_state;
ALTER TABLE t ADD CONSTRAINT t_state CHECK (state IN ('open', 'done')) NOT VALID;

-- case: a smaller bound, one condition more
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, n int CONSTRAINT n_max CHECK (n < 100), a int CONSTRAINT c CHECK (a > 0));
-- migration:
ALTER TABLE t DROP CONSTRAINT n_max, ADD CONSTRAINT n_max CHECK (n < 10);
ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 0 AND n > 5);

-- case: a default outside of it
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, state text DEFAULT 'new');
-- migration:
ALTER TABLE t ADD CONSTRAINT t_state CHECK (state IN ('open', 'done')) NOT VALID;
