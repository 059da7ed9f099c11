-- == UP SQLite3 PG ==
SELECT 'sqlite and postgres';
-- == UP MySQL,MariaDB ==
SELECT 'mysql and mariadb';
-- == DOWN postgresql ==
SELECT 1;
-- == DOWN sqlite ==
SELECT 2;
