-- migrate:statement
CREATE PROCEDURE odd() BEGIN SELECT 'a; END; IF ;
-- migrate:end
SELECT 1;
