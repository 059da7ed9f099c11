-- == UP ==
CREATE TABLE a (b int);

-- == DOWN ==
-- DROP TABLE
--   a;
--
--SELECT 2;

-- == VERIFY ==
-- migrate:expect empty
-- SELECT 1
--  WHERE false;
-- -- migrate:expect rows 1
-- -- a remark
-- SELECT 3;
