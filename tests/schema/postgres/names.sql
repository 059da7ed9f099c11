-- Names that nobody wrote.
CREATE TABLE users (
    id bigserial PRIMARY KEY,
    email text UNIQUE,
    age int CHECK (age > 0) CHECK (age < 200),
    first text,
    last text,
    CHECK (first <> last),
    CHECK (length(first) > 0),
    UNIQUE (first, last)
);
CREATE TABLE orders (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint REFERENCES users,
    first text,
    last text,
    period tstzrange,
    FOREIGN KEY (first, last) REFERENCES users (first, last),
    EXCLUDE USING gist (period WITH &&)
);
CREATE INDEX ON orders (user_id);
CREATE INDEX ON orders (user_id);
CREATE INDEX ON orders (lower(first));
CREATE INDEX ON orders ((first || last));
CREATE INDEX ON orders ((first || last), (last || first), user_id);
CREATE INDEX ON orders (first, lower(first)) INCLUDE (last);
CREATE INDEX ON orders ((user_id::text), coalesce(first, last));
CREATE UNIQUE INDEX ON orders (last) WHERE last IS NOT NULL;
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE orders ADD CHECK (user_id > 0), ADD UNIQUE (user_id, id);
ALTER TABLE users ADD COLUMN referrer bigint REFERENCES users (id) ON DELETE SET NULL;
CREATE TABLE a_table_with_a_name_that_is_quite_long_for_what_it_is_used_to (
    a_column_with_a_name_that_is_quite_long_for_what_it_is_used_to int UNIQUE CHECK (a_column_with_a_name_that_is_quite_long_for_what_it_is_used_to > 0),
    "größe_des_gegenstandes_in_millimetern_über_alles" serial UNIQUE
);
CREATE INDEX ON a_table_with_a_name_that_is_quite_long_for_what_it_is_used_to (a_column_with_a_name_that_is_quite_long_for_what_it_is_used_to, "größe_des_gegenstandes_in_millimetern_über_alles");
CREATE TABLE twice (a int PRIMARY KEY UNIQUE, b int UNIQUE, UNIQUE (b));
CREATE SEQUENCE t_id_seq;
CREATE TABLE t (id serial, "Mixed" int UNIQUE);
