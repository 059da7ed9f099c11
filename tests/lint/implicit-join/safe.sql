-- engine: postgres

-- case: JOIN ... ON
-- given:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
-- migration:
CREATE VIEW owners AS SELECT u.id FROM orders o JOIN users u ON u.id = o.user_id;

-- case: all with all, as it says
-- given:
CREATE TABLE sizes (id bigint PRIMARY KEY);
CREATE TABLE colours (id bigint PRIMARY KEY);
-- migration:
CREATE VIEW variants AS SELECT s.id AS size_id, c.id AS colour_id FROM sizes s CROSS JOIN colours c;

-- case: a function of the row, and what WITH defines
-- given:
CREATE TABLE orders (id bigint PRIMARY KEY, tags text[]);
-- migration:
CREATE VIEW tags AS SELECT o.id, t FROM orders o, unnest(o.tags) AS t;
CREATE VIEW recent AS
WITH bounds AS (SELECT 100 AS low) SELECT o.id FROM orders o, bounds WHERE o.id > bounds.low;
