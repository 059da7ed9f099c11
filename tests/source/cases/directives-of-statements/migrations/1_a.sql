-- == UP ==
-- migrate:lock-timeout 5s
-- migrate:statement-timeout 10min
ALTER TABLE a ADD COLUMN b int;

-- migrate:no-transaction
-- migrate:allow add-index-non-concurrent, naming-x -- the table is small
-- migrate:allow other-rule -- and another reason -- with dashes
CREATE INDEX c ON a (b);
SELECT 1;
-- == DOWN ==
-- migrate:lock-timeout 0
SELECT 2;
-- == VERIFY ==
-- migrate:expect rows 3
SELECT 3;
