-- engine: postgres
-- version: 15

-- case: duplicates were looked for
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
SELECT email FROM users GROUP BY email HAVING count(*) > 1;
CREATE UNIQUE INDEX i ON users (email);

-- case: duplicates were taken away
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
DELETE FROM users a USING users b WHERE a.email = b.email AND a.id > b.id;
CREATE UNIQUE INDEX i ON users (email);

-- case: some of the columns are unique already
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE UNIQUE INDEX CONCURRENTLY i ON users (email, id);

-- case: a new table, a new column, an index that was built for it
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE UNIQUE INDEX i ON users (name);
-- migration:
ALTER TABLE users ADD CONSTRAINT one UNIQUE USING INDEX i;
ALTER TABLE users ADD COLUMN code text UNIQUE;
CREATE TABLE t (id bigint PRIMARY KEY, a int);
CREATE UNIQUE INDEX j ON t (a);

-- case: an empty table
-- rows: users = 0
-- given:
CREATE TABLE users (id bigint PRIMARY KEY, email text);
-- migration:
CREATE UNIQUE INDEX i ON users (email);
