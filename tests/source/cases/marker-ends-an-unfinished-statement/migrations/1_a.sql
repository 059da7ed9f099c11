-- == UP ==
CREATE TABLE a (b int)
-- == DOWN ==
DROP TABLE a
