SELECT $Tag$;$tag$;$Tag$;SELECT 1;
