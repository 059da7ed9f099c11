-- engine: postgres
-- version: 15

-- case: it isn't
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TRIGGER t1 BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f();

-- case: strict
-- set: naming = strict
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f();
