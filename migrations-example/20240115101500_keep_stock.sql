-- Migration: 20240115101500_keep_stock.sql
-- Author: warehouse team
-- Ticket: SHOP-11
-- Risk: medium
-- Estimated time: at once; waits for running transactions that write to order_items

-- What is ordered is taken out of stock. When there isn't enough, products_stock_check refuses the
-- order, so that two customers can't buy the last mug.

-- ========== UP postgres ==========
CREATE FUNCTION keep_stock() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        UPDATE products SET stock = stock + OLD.quantity WHERE sku = OLD.sku;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        UPDATE products SET stock = stock - NEW.quantity WHERE sku = NEW.sku;
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER order_items_keep_stock
AFTER INSERT OR DELETE OR UPDATE OF sku, quantity ON order_items
FOR EACH ROW EXECUTE FUNCTION keep_stock();

-- ========== UP mysql ==========
-- DELIMITER is a command of the mysql client and not of the server. It is understood, so that
-- a file can be used with both; see 20240205101500_keep_order_total.sql for how to do without.
DELIMITER //

CREATE TRIGGER order_items_keep_stock_insert AFTER INSERT ON order_items
FOR EACH ROW
BEGIN
    UPDATE products SET stock = stock - NEW.quantity WHERE sku = NEW.sku;
END //

CREATE TRIGGER order_items_keep_stock_update AFTER UPDATE ON order_items
FOR EACH ROW
BEGIN
    UPDATE products SET stock = stock + OLD.quantity WHERE sku = OLD.sku;
    UPDATE products SET stock = stock - NEW.quantity WHERE sku = NEW.sku;
END //

CREATE TRIGGER order_items_keep_stock_delete AFTER DELETE ON order_items
FOR EACH ROW
BEGIN
    UPDATE products SET stock = stock + OLD.quantity WHERE sku = OLD.sku;
END //

DELIMITER ;

-- ========== UP sqlite ==========
CREATE TRIGGER order_items_keep_stock_insert AFTER INSERT ON order_items
BEGIN
    UPDATE products SET stock = stock - NEW.quantity WHERE sku = NEW.sku;
END;

CREATE TRIGGER order_items_keep_stock_update AFTER UPDATE OF sku, quantity ON order_items
BEGIN
    UPDATE products SET stock = stock + OLD.quantity WHERE sku = OLD.sku;
    UPDATE products SET stock = stock - NEW.quantity WHERE sku = NEW.sku;
END;

CREATE TRIGGER order_items_keep_stock_delete AFTER DELETE ON order_items
BEGIN
    UPDATE products SET stock = stock + OLD.quantity WHERE sku = OLD.sku;
END;

-- ========== DOWN postgres ==========
DROP TRIGGER order_items_keep_stock ON order_items;
DROP FUNCTION keep_stock();

-- ========== DOWN ==========
DROP TRIGGER order_items_keep_stock_delete;
DROP TRIGGER order_items_keep_stock_update;
DROP TRIGGER order_items_keep_stock_insert;

-- ========== VERIFY postgres ==========
SELECT tgenabled = 'O' FROM pg_trigger
 WHERE tgrelid = 'order_items'::regclass AND tgname = 'order_items_keep_stock';

-- ========== VERIFY mysql ==========
SELECT count(*) = 3 FROM information_schema.triggers
 WHERE trigger_schema = database() AND trigger_name LIKE 'order_items_keep_stock_%';

-- ========== VERIFY sqlite ==========
SELECT count(*) = 3 FROM sqlite_master
 WHERE type = 'trigger' AND name LIKE 'order_items_keep_stock_%';
