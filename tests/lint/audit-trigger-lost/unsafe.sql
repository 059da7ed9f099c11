-- engine: postgres

-- case: two names are swapped
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE orders_new (id bigint PRIMARY KEY);
CREATE FUNCTION write_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER track AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION write_audit();
-- migration:
ALTER TABLE orders RENAME TO orders_old;
ALTER TABLE orders_new RENAME TO orders;

-- case: dropped and made anew
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE FUNCTION write_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER audit AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION write_audit();
-- migration:
DROP TABLE orders;
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);

-- case: one statement of MySQL
-- engine: mysql
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE orders_new (id bigint PRIMARY KEY);
CREATE TABLE trail (id bigint);
CREATE TRIGGER orders_audit AFTER UPDATE ON orders FOR EACH ROW INSERT INTO trail (id) VALUES (OLD.id);
-- migration:
RENAME TABLE orders TO orders_old, orders_new TO orders;
