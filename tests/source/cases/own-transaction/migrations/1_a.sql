-- == UP ==
BEGIN;
CREATE TABLE a (b int);
COMMIT;
