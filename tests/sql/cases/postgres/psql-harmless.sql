\restrict abc123
\set ON_ERROR_STOP on
\set ON_ERROR_STOP
\set QUIET 1
\encoding utf8
\echo 'creating; it''s'
\pset pager off
\timing on
\d+ t
SELECT 1;
\unrestrict abc123
