--
-- PostgreSQL database dump
--

\restrict q

SET statement_timeout = 0;
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE TABLE public.t (
    id integer NOT NULL,
    note text DEFAULT 'a;b'::text
);

ALTER TABLE public.t OWNER TO shop;

--
-- Data for Name: t; Type: TABLE DATA
--

COPY public.t (id, note) FROM stdin;
1	a
2	\N
\.


ALTER TABLE ONLY public.t
    ADD CONSTRAINT t_pkey PRIMARY KEY (id);

\unrestrict q
