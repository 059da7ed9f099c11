-- incomplete
-- measured:
DROP INDEX CONCURRENTLY i;
