-- == UP sqlite ==
SELECT 1;
-- == UP postgres ==
SELECT $$ it's $$;
-- == UP ==
# it's a comment of MySQL's
SELECT 'it\'s';
-- == DOWN ==
SELECT 2;
