SELECT $a$ x $b$a$;SELECT $a$ $$a$;SELECT $a$ $1$a$;
