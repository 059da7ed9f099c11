-- engine: postgres
-- version: 15

-- case: a CHECK
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, status varchar(20) NOT NULL CHECK (status IN ('open', 'closed')), kind text, CHECK (kind IN ('a', 'b')));

-- case: a CHECK that comes later
-- migration:
CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL);
ALTER TABLE orders ADD CONSTRAINT chk_orders_status CHECK (status IN ('open', 'closed'));

-- case: an enum, a lookup table, numbers
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, status mood, role text REFERENCES roles (name), level int);

-- case: a state of the country
-- migration:
CREATE TABLE addresses (id bigint PRIMARY KEY, city text, state text);
