CREATE /* ; */ TRIGGER -- x;
 t AFTER INSERT ON a BEGIN -- END;
 SELECT 1; /* END; */ SELECT '; END;' ; -- c
 END -- d;
;SELECT 1;
