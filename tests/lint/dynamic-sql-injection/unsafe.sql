-- engine: postgres

-- case: joined by ||
-- migration:
CREATE FUNCTION clear(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'DELETE FROM ' || t;
END
$$;

-- case: format with %s
-- migration:
CREATE FUNCTION clear(t text, v text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DELETE FROM %I WHERE kind = ''%2$s''', t, v);
END
$$;

-- case: concat
-- migration:
CREATE FUNCTION clear(n bigint, v varchar(20)) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE concat('DELETE FROM orders WHERE kind = ''', lower(v), '''');
END
$$;

-- case: a procedure of MySQL
-- engine: mysql
-- migration:
DELIMITER //
CREATE PROCEDURE clear(IN t varchar(64), IN n int)
BEGIN
  SET @sql = CONCAT('DELETE FROM ', t, ' WHERE id = ', n);
  PREPARE s FROM @sql;
  EXECUTE s;
END//
