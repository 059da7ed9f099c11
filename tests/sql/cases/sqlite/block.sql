-- migrate:statement
CREATE TRIGGER odd ' BEGIN ; END;
-- migrate:end
SELECT 1;
