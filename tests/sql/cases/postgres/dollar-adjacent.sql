SELECT $$a$$||$$;$$||$x$$$;$x$;SELECT 1;
