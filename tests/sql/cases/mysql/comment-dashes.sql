SELECT 1 -- it's; a comment
;--	again;
SELECT 2;--
--
SELECT 3;