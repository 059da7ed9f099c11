-- engine: postgres

-- case: format with %I and %L
-- migration:
CREATE FUNCTION clear(t text, v text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DELETE FROM %I WHERE kind = %L', t, v);
END
$$;

-- case: USING
-- migration:
CREATE FUNCTION clear(v text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'DELETE FROM orders WHERE kind = $1' USING v;
END
$$;

-- case: quoted
-- migration:
CREATE FUNCTION clear(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'DELETE FROM ' || quote_ident(t);
END
$$;

-- case: a number, and the name of a table that there is
-- migration:
CREATE FUNCTION clear(t regclass, n integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'DELETE FROM ' || t || ' WHERE id = ' || n;
  EXECUTE format('DELETE FROM %s WHERE id = %s', t, n);
END
$$;

-- case: a placeholder of MySQL
-- engine: mysql
-- migration:
DELIMITER //
CREATE PROCEDURE clear(v varchar(20))
BEGIN
  SET @sql = 'DELETE FROM orders WHERE kind = ?';
  SET @v = v;
  PREPARE s FROM @sql;
  EXECUTE s USING @v;
END//
