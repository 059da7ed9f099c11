SELECT a$b$c;SELECT a$$b$$;SELECT _$x$;SELECT é$;SELECT y$;
