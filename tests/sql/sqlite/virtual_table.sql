CREATE VIRTUAL TABLE search USING fts5(title, body, tokenize = 'porter unicode61', content='');
CREATE VIRTUAL TABLE IF NOT EXISTS main.places USING rtree(id, min_x, max_x, +name TEXT);
CREATE VIRTUAL TABLE plain USING dbstat;
CREATE VIRTUAL TABLE nil USING "my module"();
CREATE VIRTUAL TABLE nested USING csv(filename='/tmp/a,b.csv', schema='CREATE TABLE x(a, b)', f(a, (b)));
CREATE VIRTUAL search USING fts5(title);
CREATE VIRTUAL TABLE search fts5(title);
