-- engine: postgres

-- case: the new table has one
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE orders_new (id bigint PRIMARY KEY);
CREATE FUNCTION write_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER audit AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION write_audit();
CREATE TRIGGER audit AFTER UPDATE ON orders_new FOR EACH ROW EXECUTE FUNCTION write_audit();
-- migration:
ALTER TABLE orders RENAME TO orders_old;
ALTER TABLE orders_new RENAME TO orders;

-- case: it gets one
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE orders_new (id bigint PRIMARY KEY);
CREATE FUNCTION write_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER audit AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION write_audit();
-- migration:
DROP TABLE orders;
ALTER TABLE orders_new RENAME TO orders;
CREATE TRIGGER audit AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION write_audit();

-- case: nothing takes its place
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE FUNCTION write_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER audit AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION write_audit();
-- migration:
DROP TABLE orders;

-- case: its trigger is another
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE orders_new (id bigint PRIMARY KEY);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
-- migration:
ALTER TABLE orders RENAME TO orders_old;
ALTER TABLE orders_new RENAME TO orders;
