-- Author: me
-- Prose about it.
CREATE TABLE a (b int);

-- a remark
CREATE INDEX c ON a (b);
