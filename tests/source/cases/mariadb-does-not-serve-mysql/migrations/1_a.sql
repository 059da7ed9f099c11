-- == UP mariadb ==
SELECT 'mariadb';
-- == UP ==
SELECT 'everybody else';
