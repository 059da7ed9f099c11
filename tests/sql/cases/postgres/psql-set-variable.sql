\set owner shop
ALTER TABLE t OWNER TO :owner;
