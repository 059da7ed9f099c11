DO $body$BEGIN PERFORM $$x;$$; RAISE NOTICE '$bod$;'; END$body$;
SELECT $é_1$;$é_1$;
