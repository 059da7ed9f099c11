-- engine: postgres
-- version: 15

-- case: wider ones
-- given:
CREATE TABLE t (a int, b varchar(10), c numeric(10, 2), d timestamp(3), e real);
-- migration:
ALTER TABLE t ALTER COLUMN a TYPE bigint;
ALTER TABLE t ALTER COLUMN b TYPE varchar(20);
ALTER TABLE t ALTER COLUMN b TYPE text;
ALTER TABLE t ALTER COLUMN c TYPE numeric(14, 4);
ALTER TABLE t ALTER COLUMN d TYPE timestamp;
ALTER TABLE t ALTER COLUMN e TYPE double precision;

-- case: USING says what becomes of the values
-- given:
CREATE TABLE t (code text);
-- migration:
ALTER TABLE t ALTER COLUMN code TYPE varchar(8) USING left(code, 8);

-- case: a CHECK instead
-- given:
CREATE TABLE t (code text);
-- migration:
ALTER TABLE t ADD CONSTRAINT chk_t_code_len CHECK (length(code) <= 8) NOT VALID;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (code text);
ALTER TABLE t ALTER COLUMN code TYPE varchar(8);

-- case: a new column has no values
-- given:
CREATE TABLE t (id bigint);
-- migration:
ALTER TABLE t ADD COLUMN code text;
ALTER TABLE t ALTER COLUMN code TYPE varchar(8);

-- case: MySQL: an enum that grows
-- engine: mysql
-- version: 8.0
-- given:
CREATE TABLE t (state enum('open', 'done'), n int unsigned, at datetime);
-- migration:
ALTER TABLE t MODIFY state enum('open', 'done', 'late');
ALTER TABLE t MODIFY n bigint unsigned;
ALTER TABLE t MODIFY at datetime(3);
