SELECT 1
\echo x
;
