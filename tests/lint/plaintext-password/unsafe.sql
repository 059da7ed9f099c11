-- engine: postgres

-- case: CREATE ROLE
-- migration:
CREATE ROLE app LOGIN PASSWORD 'hunter2';

-- case: MD5's hash is as good as the password
-- migration:
ALTER ROLE app PASSWORD 'md5a3556571e93b0d20722ba62be61e8c2d';

-- case: a subscription
-- migration:
CREATE SUBSCRIPTION orders CONNECTION 'host=primary password=hunter2' PUBLICATION orders;

-- case: a URL
-- migration:
CREATE SUBSCRIPTION orders CONNECTION 'postgresql://replica:hunter2@primary/shop' PUBLICATION orders;

-- case: another server
-- migration:
CREATE USER MAPPING FOR app SERVER shop OPTIONS (user 'app', password 'hunter2');

-- case: in a DO block
-- migration:
DO $$ BEGIN EXECUTE 'CREATE ROLE app PASSWORD ''hunter2'''; END $$;

-- case: a user of MySQL
-- engine: mysql
-- migration:
CREATE USER 'app'@'%' IDENTIFIED BY 'hunter2';

-- case: SET PASSWORD
-- engine: mariadb
-- migration:
SET PASSWORD FOR 'app'@'%' = PASSWORD('hunter2');
