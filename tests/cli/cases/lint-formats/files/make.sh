# A table and an index whose names are markup, commands and escapes somewhere.
name='a]](http://x){0},b::c%0A`<i>&amp;@team|""x""'
mkdir sql
cat >sql/001_tables.sql <<SQL
CREATE TABLE "$name" (id bigint PRIMARY KEY, name text);
CREATE TABLE b (id bigint PRIMARY KEY);
SQL
index=$(printf 'i\001\033[2J```')
cat >sql/002_index.sql <<SQL
/* 😀 */ CREATE INDEX "$index" ON "$name" (name);
-- migrate:allow add-index-non-concurrent -- <b>tiny & "empty"
CREATE INDEX b_id ON b (id);
SQL
