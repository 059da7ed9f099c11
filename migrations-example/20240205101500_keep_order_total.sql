-- Migration: 20240205101500_keep_order_total.sql
-- Author: shop team
-- Ticket: SHOP-21
-- Risk: medium
-- Estimated time: at once; waits for running transactions that write to order_items

-- In a file of its own, since with the column it would hold locks on both tables at a time, and
-- could deadlock with a customer who is just ordering.

-- ========== UP postgres ==========
CREATE FUNCTION keep_order_total() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        UPDATE orders SET total_cents = order_total_cents(id) WHERE id = OLD.order_id;
    END IF;
    IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.order_id <> OLD.order_id THEN
        UPDATE orders SET total_cents = order_total_cents(id) WHERE id = NEW.order_id;
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER order_items_keep_total
AFTER INSERT OR DELETE OR UPDATE OF order_id, quantity, unit_price_cents ON order_items
FOR EACH ROW EXECUTE FUNCTION keep_order_total();

-- ========== UP mysql ==========
-- Without DELIMITER: a trigger's body ends with its END, or where its only statement ends.
--
-- MySQL doesn't let a trigger change a table that the statement reads: from now on INSERT INTO
-- order_items SELECT ... FROM orders is refused. The shop has no such statement.
CREATE TRIGGER order_items_keep_total_insert AFTER INSERT ON order_items
FOR EACH ROW
    UPDATE orders SET total_cents = order_total_cents(id) WHERE id = NEW.order_id;

CREATE TRIGGER order_items_keep_total_update AFTER UPDATE ON order_items
FOR EACH ROW
BEGIN
    UPDATE orders SET total_cents = order_total_cents(id) WHERE id = OLD.order_id;
    IF NEW.order_id <> OLD.order_id THEN
        UPDATE orders SET total_cents = order_total_cents(id) WHERE id = NEW.order_id;
    END IF;
END;

CREATE TRIGGER order_items_keep_total_delete AFTER DELETE ON order_items
FOR EACH ROW
    UPDATE orders SET total_cents = order_total_cents(id) WHERE id = OLD.order_id;

-- ========== UP sqlite ==========
CREATE TRIGGER order_items_keep_total_insert AFTER INSERT ON order_items
BEGIN
    UPDATE orders
       SET total_cents = (SELECT total_cents FROM order_totals WHERE order_id = NEW.order_id)
     WHERE id = NEW.order_id;
END;

CREATE TRIGGER order_items_keep_total_update
AFTER UPDATE OF order_id, quantity, unit_price_cents ON order_items
BEGIN
    UPDATE orders
       SET total_cents =
           coalesce((SELECT total_cents FROM order_totals WHERE order_id = orders.id), 0)
     WHERE id IN (OLD.order_id, NEW.order_id);
END;

CREATE TRIGGER order_items_keep_total_delete AFTER DELETE ON order_items
BEGIN
    UPDATE orders
       SET total_cents =
           coalesce((SELECT total_cents FROM order_totals WHERE order_id = OLD.order_id), 0)
     WHERE id = OLD.order_id;
END;

-- ========== DOWN postgres ==========
DROP TRIGGER order_items_keep_total ON order_items;
DROP FUNCTION keep_order_total();

-- ========== DOWN ==========
DROP TRIGGER order_items_keep_total_delete;
DROP TRIGGER order_items_keep_total_update;
DROP TRIGGER order_items_keep_total_insert;

-- ========== VERIFY postgres ==========
SELECT tgenabled = 'O' FROM pg_trigger
 WHERE tgrelid = 'order_items'::regclass AND tgname = 'order_items_keep_total';

-- ========== VERIFY mysql ==========
SELECT count(*) = 3 FROM information_schema.triggers
 WHERE trigger_schema = database() AND trigger_name LIKE 'order_items_keep_total_%';

-- ========== VERIFY sqlite ==========
SELECT count(*) = 3 FROM sqlite_master
 WHERE type = 'trigger' AND name LIKE 'order_items_keep_total_%';
