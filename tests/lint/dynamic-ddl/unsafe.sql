-- engine: postgres
-- version: 15

-- case: in a DO block
-- migration:
DO $$ BEGIN EXECUTE 'DROP TABLE ' || quote_ident(current_user); END $$;

-- case: MySQL
-- engine: mysql
-- version: 8.0.36
-- migration:
SET @sql = CONCAT('DROP TABLE ', DATABASE());
PREPARE stmt FROM @sql;
