-- == UP sqlite ==
SELECT 'sqlite';
-- == UP postgres ==
SELECT 'postgres';
-- == UP mysql ==
SELECT 'mysql and mariadb';
-- == DOWN mysql, sqlite ==
SELECT 'down mysql sqlite mariadb';
-- == DOWN ==
SELECT 'down of the others';
-- == VERIFY mariadb ==
SELECT 'verify mariadb';
-- == VERIFY mysql ==
SELECT 'verify mysql';
