-- engine: postgres
-- version: 15

-- case: one of each kind
-- given:
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, p_id bigint CONSTRAINT fk_p REFERENCES p ON DELETE CASCADE,
    a int CONSTRAINT positive CHECK (a > 0), b text CONSTRAINT one UNIQUE);
-- migration:
ALTER TABLE t DROP CONSTRAINT fk_p, DROP CONSTRAINT positive, DROP CONSTRAINT one;

-- case: another column's takes no place
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a int CONSTRAINT positive CHECK (a > 0), b int);
-- migration:
ALTER TABLE t DROP CONSTRAINT positive;
ALTER TABLE t ADD CONSTRAINT b_positive CHECK (b > 0) NOT VALID;

-- case: IS NOT NULL of a column that may still be NULL
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, a text, CONSTRAINT helper CHECK (a IS NOT NULL));
-- migration:
ALTER TABLE t DROP CONSTRAINT helper;

-- case: MySQL
-- engine: mysql
-- given:
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, p_id bigint, CONSTRAINT fk_p FOREIGN KEY (p_id) REFERENCES p (id));
-- migration:
ALTER TABLE t DROP FOREIGN KEY fk_p;
