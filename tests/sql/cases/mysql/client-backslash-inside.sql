SELECT 1 \c
;
