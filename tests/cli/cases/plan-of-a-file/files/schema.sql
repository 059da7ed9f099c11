CREATE TABLE public.orders (id bigint, code character varying(40));
