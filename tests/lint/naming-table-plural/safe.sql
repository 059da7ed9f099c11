-- engine: postgres
-- version: 15

-- case: plural
-- migration:
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE people (id bigint PRIMARY KEY);
CREATE TABLE order_statuses (id bigint PRIMARY KEY);

-- case: no plural, or not known
-- migration:
CREATE TABLE audit_log (id bigint PRIMARY KEY);
CREATE TABLE news (id bigint PRIMARY KEY);
CREATE TABLE address (id bigint PRIMARY KEY);
CREATE TABLE events_2024 (id bigint PRIMARY KEY);
