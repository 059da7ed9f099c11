-- engine: postgres
-- version: 15

-- case: the table is in it
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TRIGGER trg_users_updated BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f();

-- case: one name for all tables
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TRIGGER set_updated_at BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f();
