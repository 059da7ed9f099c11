-- engine: postgres

-- case: IN
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, state text);
-- migration:
CREATE VIEW active AS SELECT id FROM orders WHERE state IN ('new', 'paid', 'sent');

-- case: two columns
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, state text, kind text);
-- migration:
CREATE VIEW active AS SELECT id FROM orders WHERE state = 'new' OR kind = 'x' OR state = 'paid';

-- case: not only equality
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);
-- migration:
CREATE VIEW odd AS SELECT id FROM orders WHERE total = 1 OR total > 100 OR total = 3;

-- case: done once
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, state text);
-- migration:
DELETE FROM orders WHERE state = 'a' OR state = 'b' OR state = 'c';
