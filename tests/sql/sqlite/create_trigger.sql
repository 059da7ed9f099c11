CREATE TRIGGER customer_touch AFTER UPDATE ON customer BEGIN
    UPDATE customer SET changed_at = datetime('now') WHERE id = new.id;
END;
CREATE TEMP TRIGGER IF NOT EXISTS orders_guard BEFORE DELETE ON main.orders FOR EACH ROW
WHEN old.state = 'done'
BEGIN
    SELECT RAISE(ABORT, 'a finished order stays');
    INSERT INTO audit (what, id) VALUES ('delete', old.id);
END;
CREATE TRIGGER open_insert INSTEAD OF INSERT ON open_orders BEGIN
    INSERT INTO orders (customer_id, total) VALUES (new.customer_id, new.total);
    DELETE FROM basket WHERE item IN (SELECT item FROM sold);
    UPDATE OR IGNORE customer SET orders = orders + 1 FROM orders WHERE customer.id = orders.customer_id;
END;
CREATE TRIGGER price_history UPDATE OF cents, since ON price BEGIN
    INSERT INTO history SELECT old.item, old.cents, CASE WHEN new.cents > old.cents THEN 'up' ELSE 'down' END;
    SELECT CASE WHEN new.cents < 0 THEN RAISE(ROLLBACK, 'negative') WHEN 0 THEN RAISE(IGNORE) END;
END;
CREATE TRIGGER main.search_ai AFTER INSERT ON note BEGIN
    INSERT INTO search (rowid, body) VALUES (new.id, new.body) ON CONFLICT DO NOTHING;
    REPLACE INTO seen VALUES (new.id);
    WITH old_ones AS (SELECT id FROM note) SELECT * FROM old_ones;
END;
CREATE TRIGGER two AFTER INSERT OR UPDATE ON note BEGIN SELECT 1; END;
CREATE TRIGGER ddl AFTER INSERT ON note BEGIN CREATE TABLE t (a); END;
CREATE TRIGGER stmt AFTER INSERT ON note FOR EACH STATEMENT BEGIN SELECT 1; END;
DROP TRIGGER customer_touch;
DROP TRIGGER IF EXISTS main.orders_guard;
CREATE TRIGGER with_cte AFTER INSERT ON note BEGIN WITH a AS (SELECT 1) DELETE FROM t; END;
CREATE TRIGGER no_body AFTER INSERT ON note EXECUTE FUNCTION f();
