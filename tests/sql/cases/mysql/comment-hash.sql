SELECT 1 # it's; a comment
;# again;
SELECT 2;#
