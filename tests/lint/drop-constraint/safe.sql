-- engine: postgres
-- version: 15

-- case: replaced in the same statement
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, state text, CONSTRAINT t_state CHECK (state IN ('a')));
-- migration:
ALTER TABLE t DROP CONSTRAINT t_state,
    ADD CONSTRAINT t_state CHECK (state IN ('a', 'b')) NOT VALID;

-- case: replaced under another name, before and after
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a text, b text, CONSTRAINT one UNIQUE (a),
    CONSTRAINT c CHECK (a <> b));
-- migration:
CREATE UNIQUE INDEX uq_t_a_b ON t (a, b);
ALTER TABLE t DROP CONSTRAINT one;
ALTER TABLE t DROP CONSTRAINT c;
ALTER TABLE t ADD CONSTRAINT c_2 CHECK (a < b);

-- case: the helper behind SET NOT NULL
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a text, CONSTRAINT helper CHECK (a IS NOT NULL));
-- migration:
ALTER TABLE t ALTER COLUMN a SET NOT NULL;
ALTER TABLE t DROP CONSTRAINT helper;

-- case: before its column, its table, or its parent
-- given:
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, p_id bigint CONSTRAINT fk_p REFERENCES p,
    a int CONSTRAINT positive CHECK (a > 0));
-- migration:
ALTER TABLE t DROP CONSTRAINT positive;
ALTER TABLE t DROP COLUMN a;
ALTER TABLE t DROP CONSTRAINT fk_p;
DROP TABLE p;

-- case: DOWN takes back what UP did
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int);
-- migration:
-- ===== UP =====
ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID;
-- ===== DOWN =====
ALTER TABLE t DROP CONSTRAINT positive;

-- case: the primary key has a rule of its own
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t DROP CONSTRAINT t_pkey;
