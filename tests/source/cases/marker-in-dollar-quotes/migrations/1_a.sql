-- == UP postgres ==
SELECT $$
-- == DOWN ==
$$;
-- == UP sqlite mysql ==
SELECT 1;
