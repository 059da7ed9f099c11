-- engine: postgres
-- version: 15

-- case: NOT VALID
-- given:
CREATE TABLE t (id bigint PRIMARY KEY);
-- migration:
ALTER TABLE t ADD COLUMN qty int;
ALTER TABLE t ADD CONSTRAINT chk_t_qty CHECK (qty > 0) NOT VALID;

-- case: not enforced
-- version: 18
-- given:
CREATE TABLE t (id bigint PRIMARY KEY, qty int);
-- migration:
ALTER TABLE t ADD CONSTRAINT chk_t_qty CHECK (qty > 0) NOT ENFORCED;

-- case: a table that this migration makes
-- migration:
CREATE TABLE t (id bigint PRIMARY KEY, qty int);
ALTER TABLE t ADD CONSTRAINT chk_t_qty CHECK (qty > 0);
