-- engine: postgres
-- version: 15

-- case: as long as can be, and a schema before it
-- migration:
CREATE TABLE public.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (id bigint PRIMARY KEY, "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" int);

-- case: MySQL's are characters
-- engine: mysql
-- migration:
CREATE TABLE `ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää` (id bigint PRIMARY KEY);
