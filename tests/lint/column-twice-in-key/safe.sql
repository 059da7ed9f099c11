-- engine: postgres
-- version: 15

-- case: once
-- migration:
CREATE TABLE a (id bigint, n int, PRIMARY KEY (id, n));
CREATE INDEX i ON a (n, id);

-- case: by other means
-- migration:
CREATE TABLE a (id bigint PRIMARY KEY, s text);
CREATE INDEX i ON a (s, s text_pattern_ops);
