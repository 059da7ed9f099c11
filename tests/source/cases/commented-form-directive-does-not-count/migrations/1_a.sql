-- == UP ==
SELECT 1;
-- == VERIFY ==
-- migrate:expect value a;
SELECT 'a;';
