DO $body$
BEGIN
END $bodyx$;
