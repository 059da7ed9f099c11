;;;
SELECT 1;;
;