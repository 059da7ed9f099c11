CREATE PROCEDURE p() -- BEGIN;
BEGIN # END;
  /* END; */ SELECT 'END;', `END;`; -- it's END;
END /* p; */;
SELECT 1;
